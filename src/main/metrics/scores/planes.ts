/** Pictures as bytes, `[count, size, size, channels]`, 0 … 255. */
export interface Pictures {
  readonly pixels: Uint8Array
  readonly count: number
  readonly size: number
  readonly channels: number
}

/** Pictures colour by colour: float32 `[count · channels, side, side]`, 0 … 255 at first. */
export interface Planes {
  readonly data: Float32Array
  readonly count: number
  readonly channels: number
  readonly side: number
}

/** `[count, size, size, channels]` → `[count · channels, size, size]`. */
export function planesOf({ pixels, count, size, channels }: Pictures): Planes {
  const area = size * size
  const data = new Float32Array(count * channels * area)
  for (let picture = 0; picture < count; picture++) {
    for (let channel = 0; channel < channels; channel++) {
      const to = (picture * channels + channel) * area
      const from = picture * area * channels + channel
      for (let i = 0; i < area; i++) {
        data[to + i] = pixels[from + i * channels]!
      }
    }
  }
  return { data, count, channels, side: size }
}
