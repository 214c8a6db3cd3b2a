/**
 * Side in CSS pixels at which a picture of `size` pixels fills a box of `box` CSS pixels best: each of its pixels a square
 * of whole pixels of the screen, or the box itself where the picture is larger than that.
 *
 * @param density pixels of the screen in a CSS pixel
 */
export function pictureSide(size: number, box: number, density: number): number {
  const enlargement = Math.floor((box * density) / size)
  return enlargement < 1 ? box : (enlargement * size) / density
}
