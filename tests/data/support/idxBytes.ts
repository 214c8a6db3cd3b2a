const bigEndian = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value, 4 * i)
  })
  return bytes
}

/** An idx file of pictures; `count` is what its header claims. */
export const idxImages = (
  pictures: readonly Uint8Array[],
  height: number,
  width: number,
  count = pictures.length
): Buffer => Buffer.concat([bigEndian(0x803, count, height, width), ...pictures])

/** An idx file of labels. */
export const idxLabels = (labels: readonly number[], count = labels.length): Buffer =>
  Buffer.concat([bigEndian(0x801, count), Buffer.from(labels)])
