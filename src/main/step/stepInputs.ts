import { dispatch } from '../../shared/dispatch'
import { drawLatents } from '../../shared/latent/drawLatents'
import { Random, type Stream } from '../../shared/random/random'
import { float32, type HostTensor, scalar, sizeOf } from '../../shared/tensor'
import type { InputDraw, StepInput } from './stepPlan'

/** What decides the inputs of a step besides the pictures. */
export interface StepInputs {
  readonly seed: number
  readonly stepInputs: ReadonlyMap<string, StepInput>
}

/** Draws of one iteration: inputs of the same stream continue one sequence, in the order of the plan. */
class IterationDraws {
  readonly #seed: number
  readonly #iteration: number
  readonly #sequences = new Map<Stream, Random>()

  constructor(seed: number, iteration: number) {
    this.#seed = seed
    this.#iteration = iteration
  }

  random(stream: Stream): Random {
    const random = this.#sequences.get(stream) ?? new Random(this.#seed, stream, this.#iteration)
    this.#sequences.set(stream, random)
    return random
  }
}

function mask(size: number, rate: number, random: Random): Float32Array {
  const kept = 1 / (1 - rate)
  return random.uniforms(size).map((u) => (u < rate ? 0 : kept))
}

function checkPictures(pictures: HostTensor | undefined, { dtype, shape }: StepInput): HostTensor {
  if (pictures === undefined || pictures.dtype !== dtype || `${pictures.shape}` !== `${shape}`) {
    const actual = pictures === undefined ? 'none' : `${pictures.dtype} [${pictures.shape}]`
    throw new Error(`drawStepInputs: expected real pictures of ${dtype} [${shape}], got ${actual}`)
  }
  return pictures
}

/**
 * The values of all inputs of iteration t = 0, 1, 2 …. They depend on the seed, t and the pictures alone, whatever was
 * drawn before, so that a run resumes from t.
 *
 * @param pictures a batch of real pictures for each of the discriminator's updates, uint8 [batch, height, width, channels]
 */
export function drawStepInputs(
  { seed, stepInputs }: StepInputs,
  iteration: number,
  pictures: readonly HostTensor[]
): Record<string, HostTensor> {
  const draws = new IterationDraws(seed, iteration)
  const values = Array.from(stepInputs, ([name, input]) => {
    const { shape } = input
    const size = sizeOf(shape)
    const value = dispatch<'kind', InputDraw, HostTensor>(
      'kind',
      {
        pictures: ({ update }) => checkPictures(pictures[update], input),
        latents: ({ stream, distribution }) => float32(drawLatents(draws.random(stream), distribution, size), shape),
        uniform: ({ stream }) => float32(draws.random(stream).uniforms(size), shape),
        mask: ({ rate }) => float32(mask(size, rate, draws.random('dropout')), shape),
        scalar: (draw) => scalar(draw.value(iteration))
      },
      input.draw
    )
    return [name, value] as const
  })
  return Object.fromEntries(values)
}
