const planeBytes = 32 * 32

/** One picture in CIFAR's order: label bytes, then the planes R, G, B, each of one value but for its first pixel. */
export interface CifarPicture {
  readonly labels: readonly number[]
  readonly planes: readonly [red: number, green: number, blue: number]
  readonly firstPixel?: readonly [red: number, green: number, blue: number]
}

export const cifarBytes = (pictures: readonly CifarPicture[]): Buffer =>
  Buffer.concat(
    pictures.flatMap(({ labels, planes, firstPixel = planes }) => [
      Buffer.from(labels),
      ...planes.map((value, plane) => {
        const bytes = Buffer.alloc(planeBytes, value)
        bytes[0] = firstPixel[plane]!
        return bytes
      })
    ])
  )

export const cifar10Names = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ')
