/** Bounds that keep a hostile or broken file from filling memory, disk or time. Real sets stay far below them. */

/** Pixels of one picture: 134 million, above what cameras of today make. */
export const maxPicturePixels = 2 ** 27

/** Bytes of one picture file. */
export const maxPictureBytes = 2 ** 28

/** Files in a folder or an archive. */
export const maxFiles = 2_000_000

/** Bytes that an archive may unpack to whatever its size; beyond them it may grow `maxInflation` times. */
const freeInflationBytes = 2 ** 28
const maxInflation = 200

/** Bytes that an archive of this size may unpack to. */
export const maxUnpackedBytes = (archiveBytes: number): number =>
  Math.max(freeInflationBytes, maxInflation * archiveBytes)
