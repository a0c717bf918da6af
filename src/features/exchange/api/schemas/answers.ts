import { z } from 'zod'
import { components } from './parts.ts'

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    place: z.string().optional().describe('Which part of the request is wrong, such as `query "limit"`.'),
    problem: z.string().optional().describe('What is wrong with it.'),
    missing: z.string().optional().describe('What the hub waits for.'),
    requestId: z.string().optional(),
  })
  .register(components, { id: 'Problem', description: 'What went wrong (RFC 9457).' })

/** A page of a list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    total: z.number().int().describe('How many there are in all pages.'),
    next: z.url().nullable().describe('Address of the next page; null on the last.'),
  })
}
