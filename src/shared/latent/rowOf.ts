interface Rows<Row> {
  readonly subarray: (from: number, to: number) => Row
}

/** Row `index` of an array `[count, size]`, as one latent of many; a view, not a copy. */
export const rowOf = <Row>(rows: Rows<Row>, index: number, size: number): Row =>
  rows.subarray(index * size, (index + 1) * size)

/** `count` rows from `first` on, `[count, size]`; a view, not a copy. */
export const rowsOf = <Row>(rows: Rows<Row>, first: number, count: number, size: number): Row =>
  rows.subarray(first * size, (first + count) * size)
