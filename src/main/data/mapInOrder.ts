/**
 * Yields `map(item)` for each item, in the items' order, while up to `inFlight` of them are being worked on. When the
 * consumer stops or an item fails, it waits for what is under way before it ends.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  inFlight: number,
  map: (item: Item) => Promise<Result>
): AsyncGenerator<Result> {
  const pending: Promise<Result>[] = []
  try {
    for await (const item of items) {
      const result = map(item)
      // A failure is thrown when its turn comes; until then it must not count as unhandled.
      result.catch(() => undefined)
      pending.push(result)
      if (pending.length >= inFlight) {
        yield await pending.shift()!
      }
    }
    while (pending.length > 0) {
      yield await pending.shift()!
    }
  } finally {
    await Promise.allSettled(pending)
  }
}
