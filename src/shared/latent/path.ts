import { type Interpolation, interpolations } from './interpolate'

/** 3t² − 2t³: starts and ends at rest. */
const smoothstep = (t: number): number => t * t * (3 - 2 * t)

const easings = { constant: (t: number): number => t, eased: smoothstep } as const
/** constant: each stretch at one speed · eased: slows down at each keyframe. */
export type Easing = keyof typeof easings

/** A way through latent space. */
export interface LatentPath {
  /** Two or more; one alone is a still picture. */
  readonly keyframes: readonly Float32Array[]
  /** Goes on from the last keyframe to the first. */
  readonly loop: boolean
  readonly interpolation: Interpolation
  readonly easing: Easing
}

/** Stretches between keyframes. */
export const stretchesOf = ({ keyframes, loop }: LatentPath): number => keyframes.length - (loop ? 0 : 1)

/**
 * The latent at a position of the path; every stretch between two keyframes takes the same time.
 *
 * @param position 0 … 1; a loop is back at its first keyframe at 1, and positions outside go round it or stay at an end
 */
export function latentAt(path: LatentPath, position: number): Float32Array {
  const { keyframes, loop } = path
  const stretches = stretchesOf(path)
  const within = loop ? position - Math.floor(position) : Math.min(1, Math.max(0, position))
  const place = within * stretches
  // The end of an open path is the end of its last stretch, not the beginning of another.
  const stretch = Math.min(Math.floor(place), Math.max(0, stretches - 1))
  const from = keyframes[stretch]!
  const to = keyframes[(stretch + 1) % keyframes.length]!
  return interpolations[path.interpolation](from, to, easings[path.easing](place - stretch))
}

/**
 * `count` latents evenly along the path, `[count, latentSize]`: from its first keyframe to its last, or, for a loop, once
 * round it without the first one again, so that a film of it repeats without a jerk.
 */
export function framesOf(path: LatentPath, count: number): Float32Array {
  const latentSize = path.keyframes[0]!.length
  const frames = new Float32Array(count * latentSize)
  for (let i = 0; i < count; i++) {
    frames.set(latentAt(path, i / (path.loop ? count : Math.max(1, count - 1))), i * latentSize)
  }
  return frames
}
