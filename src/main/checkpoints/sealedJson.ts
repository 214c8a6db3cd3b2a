import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../shared/parseJson'

const sealedSchema = z.looseObject({ seal: z.string() })

/**
 * JSON text that tells when any byte of it has changed: its last field, `seal`, is the SHA-256 of the text without it.
 */
export function sealJson(content: Readonly<Record<string, unknown>>): string {
  return toText({ ...content, seal: sha256(toText(content)) })
}

/** The content that was sealed, or null when the text isn't the very one that `sealJson` made. */
export function unsealJson(text: string): Record<string, unknown> | null {
  const parsed = sealedSchema.safeParse(parseJson(text))
  if (!parsed.success) {
    return null
  }
  const { seal: _, ...content } = parsed.data
  return sealJson(content) === text ? content : null
}

const toText = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
