/** The permutation that undoes `permutation`: inverse[permutation[i]] = i. */
export function invert(permutation: readonly number[]): number[] {
  const inverse = permutation.map(() => 0)
  permutation.forEach((axis, i) => {
    inverse[axis] = i
  })
  return inverse
}

/** The one permutation that does what `first` and then `second` do: result[i] = first[second[i]]. */
export const compose = (first: readonly number[], second: readonly number[]): number[] =>
  second.map((axis) => first[axis]!)

export const isIdentity = (permutation: readonly number[]): boolean => permutation.every((axis, i) => axis === i)

export const equalLists = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((element, i) => element === b[i])
