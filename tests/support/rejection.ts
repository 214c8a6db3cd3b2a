import { type ErrorCode, KwiatError } from '../../src/shared/errors'

/** The KwiatError of this code that the work fails with; anything else is a failure of the test. */
export async function rejection(code: ErrorCode, work: () => unknown): Promise<KwiatError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof KwiatError && error.code === code) {
      return error
    }
    throw error
  }
  throw new Error(`expected a KwiatError ${code}, but the work succeeded`)
}
