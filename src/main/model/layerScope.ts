let current: string | undefined

/** Path of the layer that is being applied, as "generator/conv2d_1"; for errors and for the origin of graph nodes. */
export const currentLayer = (): string | undefined => current

/** Runs `work` as part of the layer at `path`. */
export function inLayer<Result>(path: string, work: () => Result): Result {
  const outer = current
  current = path
  try {
    return work()
  } finally {
    current = outer
  }
}
