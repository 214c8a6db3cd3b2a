/** Exit code of a program that was ended by Ctrl-C, as shells have it (128 + SIGINT). */
export const interruptedExitCode = 130

/** Exit code of a program that was ended because nobody reads what it writes, as shells have it (128 + SIGPIPE). */
export const brokenPipeExitCode = 141
