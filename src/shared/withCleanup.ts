type Cleanup = () => Promise<void>

/**
 * Runs `work`, which registers with `atEnd` what is to be closed; afterwards, whether it succeeded or not, all of that is
 * closed, last first. Of several errors the first is thrown: those that follow are most often its consequences.
 */
export async function withCleanup<Value>(work: (atEnd: (cleanup: Cleanup) => void) => Promise<Value>): Promise<Value> {
  const cleanups: Cleanup[] = []
  const errors: unknown[] = []
  const attempt = async <Result>(action: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await action()
    } catch (error) {
      errors.push(error)
      return undefined
    }
  }
  const done = await attempt(async () => ({ value: await work((cleanup) => cleanups.unshift(cleanup)) }))
  for (const cleanup of cleanups) {
    await attempt(cleanup)
  }
  if (done === undefined || errors.length > 0) {
    throw errors[0]
  }
  return done.value
}
