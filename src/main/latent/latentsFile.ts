import { z } from 'zod'
import { KwiatError } from '../../shared/errors'
import { checkFiniteLatents } from '../../shared/latent/latentBytes'
import { rowOf } from '../../shared/latent/rowOf'
import { parseJson } from '../../shared/parseJson'
import { decodeNpy, isNpy, type LatentRows } from './npy'

const formatVersion = 1

const fileSchema = z.strictObject({
  format: z.literal('kwiat-latents'),
  formatVersion: z.literal(formatVersion),
  latentSize: z.int().min(1),
  /** What they were made with: information only. */
  model: z.strictObject({ run: z.string(), step: z.int().min(0), weights: z.enum(['ema', 'raw']) }).nullable(),
  latents: z.array(z.array(z.number())).min(1)
})
/** Where latents come from. */
export type LatentsOrigin = NonNullable<z.infer<typeof fileSchema>['model']>

/** The latents as Kwiat's own JSON: one array a latent. */
export function encodeLatentsJson(
  { count, latentSize, latents }: LatentRows,
  origin: LatentsOrigin | null
): Uint8Array {
  const rows = Array.from({ length: count }, (_, i) => JSON.stringify([...rowOf(latents, i, latentSize)]))
  const facts = { format: 'kwiat-latents', formatVersion, latentSize, model: origin }
  // A line a latent, so that people can read it and tools can compare it.
  return Buffer.from(`${JSON.stringify(facts).slice(0, -1)},"latents":[\n${rows.join(',\n')}\n]}\n`)
}

function decodeJson(bytes: Uint8Array, name: string): LatentRows {
  const parsed = fileSchema.safeParse(parseJson(Buffer.from(bytes).toString('utf8')))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new KwiatError('latents-invalid', {
      who: name,
      expected: `latents: Kwiat’s JSON (format version ${formatVersion}) or a NumPy file`,
      actual: `a mistake at ${issue?.path.join('.') || 'its top'} (${issue?.message})`,
      todo: 'use a file that Kwiat or numpy.save wrote'
    })
  }
  const { latentSize, latents } = parsed.data
  const wrong = latents.findIndex((row) => row.length !== latentSize)
  if (wrong >= 0) {
    throw new KwiatError('latents-invalid', {
      who: `${name}, latent ${wrong + 1}`,
      expected: `${latentSize} numbers`,
      actual: `${latents[wrong]!.length}`,
      todo: 'use a file that Kwiat or numpy.save wrote'
    })
  }
  return { count: latents.length, latentSize, latents: Float32Array.from(latents.flat()) }
}

/**
 * Reads a file of latents: Kwiat's JSON or a .npy, told apart by content.
 *
 * @param latentSize what the model needs
 * @param name for messages
 * @returns `[count, latentSize]`
 * @throws KwiatError `latents-invalid` for anything else, latents of another size and numbers that aren't finite
 */
export function decodeLatents(bytes: Uint8Array, latentSize: number, name: string): Float32Array {
  const rows = isNpy(bytes) ? decodeNpy(bytes, name) : decodeJson(bytes, name)
  if (rows.latentSize !== latentSize) {
    throw new KwiatError('latents-invalid', {
      who: name,
      expected: `latents of ${latentSize} numbers, as this model’s`,
      actual: `latents of ${rows.latentSize}`,
      todo: 'use the model that they were made with'
    })
  }
  return checkFiniteLatents(rows.latents, name)
}
