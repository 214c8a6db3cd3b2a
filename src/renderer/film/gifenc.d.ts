/** What the studio uses of gifenc, which has no types of its own. */
declare module 'gifenc' {
  /** Colours of a palette, each [red, green, blue]. */
  type Palette = number[][]

  interface FrameOptions {
    readonly palette: Palette
    /** Milliseconds; kept in hundredths of a second. */
    readonly delay: number
  }

  export function GIFEncoder(): {
    writeFrame(indexed: Uint8Array, width: number, height: number, options: FrameOptions): void
    finish(): void
    bytes(): Uint8Array<ArrayBuffer>
  }
  /** At most `maxColours` colours that stand for all of `rgba`. */
  export function quantize(rgba: Uint8ClampedArray, maxColours: number): Palette
  /** For each pixel the position of the nearest colour. */
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array
}
