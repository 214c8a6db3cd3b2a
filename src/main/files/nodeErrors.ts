/** The `code` of an error thrown by Node, as "ENOENT"; null for any other value. */
export function nodeErrorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** The promise's value, or `fallback` when it fails because there is nothing at the path. */
export async function unlessMissing<Value, Fallback>(
  promise: Promise<Value>,
  fallback: Fallback
): Promise<Value | Fallback> {
  try {
    return await promise
  } catch (error) {
    // ENOTDIR: a file stands where the path needs a folder, so there is nothing at the path either.
    if (nodeErrorCode(error) === 'ENOENT' || nodeErrorCode(error) === 'ENOTDIR') {
      return fallback
    }
    throw error
  }
}
