import { z } from 'zod'

/** The two networks of an architecture. */
export const roles = ['generator', 'discriminator'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>
