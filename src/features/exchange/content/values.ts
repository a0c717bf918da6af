import { z } from 'zod'

const stated = z.strictObject({ value: z.string().min(1), state: z.enum(['current', 'machine', 'behind']) })
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
export const words = z.record(language, z.union([z.string().min(1), stated]))
export const slugs = z.record(language, z.string().min(1)).optional()
export const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
export const day = z.iso.date()
export const clock = z.string().regex(/^\d{2}:\d{2}$/)
export const conceptKey = z.string().regex(/^[a-z0-9-]+:[a-z0-9-]+$/)
export const placeCode = z.string().regex(/^([A-Z]{2}|\d{3})$/)

export type Words = z.infer<typeof words>
