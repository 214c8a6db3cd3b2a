/**
 * Mirrors a picture left to right, in place.
 *
 * @param pixels [height, width, channels]
 */
export function mirror(pixels: Uint8Array, width: number, channels: number): void {
  const rowBytes = width * channels
  for (let row = 0; row < pixels.length; row += rowBytes) {
    // Reversing the whole row mirrors it, but for the order of the channels within each pixel.
    pixels.subarray(row, row + rowBytes).reverse()
    if (channels === 3) {
      for (let at = row; at < row + rowBytes; at += 3) {
        const first = pixels[at]!
        pixels[at] = pixels[at + 2]!
        pixels[at + 2] = first
      }
    }
  }
}
