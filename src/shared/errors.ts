/**
 * Every failure that Kwiat expects has a code. The code survives process hops, so that a window, a test or a script can
 * react to it without reading prose.
 */
export const errorCodes = [
  'usage',
  'configuration-invalid',
  'architecture-invalid',
  'data-not-found',
  'data-unsupported',
  'data-empty',
  'data-corrupt',
  'data-unsafe',
  'data-too-large',
  'class-unknown',
  'picture-unreadable',
  'picture-too-large',
  'latents-invalid',
  'directions-unavailable',
  'favourite-not-found',
  'model-unreadable',
  'kernel-missing',
  'graph-invalid',
  'step-reads-values',
  'engine-unavailable',
  'engine-failed',
  'out-of-memory',
  'device-lost',
  'training-diverged',
  'run-not-found',
  'run-locked',
  'run-exists',
  'run-broken',
  'run-newer',
  'run-mismatch',
  'run-not-training',
  'checkpoint-not-found',
  'checkpoint-broken',
  'checkpoint-newer',
  'export-unsuited',
  'file-exists',
  'weights-mismatch',
  'disk-full',
  'disk-unwritable',
  'trainer-crashed',
  'workshop-crashed',
  'request-invalid',
  'path-not-allowed',
  'host-unreachable',
  'host-unsuited',
  'internal'
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** The four parts of an error's sentence. */
export interface ErrorParts {
  /** The file, field, layer or kernel the error stands on. */
  readonly who: string
  /** What Kwiat needed there, as a noun phrase. */
  readonly expected: string
  /** What it found instead, as a noun phrase. */
  readonly actual: string
  /** What the user can do now, as an imperative without a full stop. */
  readonly todo: string
}

/**
 * A failure that Kwiat expects and can explain in one sentence: `who: expected …, got …; todo.`
 * Bugs are plain `Error`s; cancelling is `Cancelled`.
 */
export class KwiatError extends Error {
  override readonly name = 'KwiatError'
  readonly code: ErrorCode
  readonly parts: ErrorParts

  constructor(code: ErrorCode, parts: ErrorParts, cause?: unknown) {
    super(
      `${parts.who}: expected ${parts.expected}, got ${parts.actual}; ${parts.todo}.`,
      cause === undefined ? undefined : { cause }
    )
    this.code = code
    this.parts = parts
  }
}

/** Thrown where work stops because the user asked for it; never reported as a failure. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'

  constructor() {
    super('Cancelled.')
  }
}

/** The plain form in which an error crosses a process boundary. */
export type SerializedError =
  | { readonly kind: 'kwiat'; readonly code: ErrorCode; readonly parts: ErrorParts; readonly stack?: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'bug'; readonly message: string; readonly stack?: string }

const withStack = (error: Error): { stack?: string } => (error.stack === undefined ? {} : { stack: error.stack })

/** Turns anything thrown into plain data that keeps code, parts and stack. */
export function serializeError(error: unknown): SerializedError {
  if (error instanceof KwiatError) {
    return { kind: 'kwiat', code: error.code, parts: error.parts, ...withStack(error) }
  }
  if (error instanceof Cancelled) {
    return { kind: 'cancelled' }
  }
  return error instanceof Error
    ? { kind: 'bug', message: error.message, ...withStack(error) }
    : { kind: 'bug', message: String(error) }
}

/** The error that `serializeError` took apart: same class, code, message and stack. */
export function reviveError(serialized: SerializedError): Error {
  if (serialized.kind === 'cancelled') {
    return new Cancelled()
  }
  const error =
    serialized.kind === 'kwiat' ? new KwiatError(serialized.code, serialized.parts) : new Error(serialized.message)
  if (serialized.stack !== undefined) {
    error.stack = serialized.stack
  }
  return error
}

/** The sentence to show for anything thrown; a bug is called one. */
export function describeError(error: unknown): string {
  if (error instanceof KwiatError || error instanceof Cancelled) {
    return error.message
  }
  const message = error instanceof Error ? error.message : String(error)
  return `Kwiat: expected to go on, got an unforeseen fault (${message}); please report it with the log.`
}
