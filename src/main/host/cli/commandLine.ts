import { basename, relative } from 'node:path'

const plain = /^[\w@%+=:,./\\-]+$/

/** An argument as a shell takes it back. */
const quote = (argument: string): string => (plain.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`)

/** Whether one of this project's npm scripts started this program; npm puts the script's name into the environment. */
export const isRunByNpm = ['kwiat', 'start', 'bench'].includes(process.env.npm_lifecycle_event ?? '')

/** What was typed to start this program. */
function programName(): string {
  if (isRunByNpm) {
    return 'npm run kwiat --'
  }
  const script = process.argv[1] ?? ''
  return /\.[cm]?js$/.test(script)
    ? `node ${quote(relative(process.cwd(), script))}`
    : quote(basename(script) || 'kwiat')
}

/** A command of this program to copy and paste, however it was started. */
export const commandLine = (...args: readonly string[]): string => [programName(), ...args.map(quote)].join(' ')
