/** Row `index` of an array `[count, size]`, as one latent of many; a view, not a copy. */
export const rowOf = <Row>(
  rows: { readonly subarray: (from: number, to: number) => Row },
  index: number,
  size: number
): Row => rows.subarray(index * size, (index + 1) * size)
