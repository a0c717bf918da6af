import { z } from 'zod'
import type { Grant } from '#features/accounts/index.ts'
import { readGrantKey } from './people.ts'

/** Grants of a form: those ticked, and a seminar to organise. */
const grants = {
  grants: z.array(z.string()).max(100).default([]),
  seminar: z.string().max(60).default(''),
}

export const GrantsForm = z.object({ ...grants, confirm: z.string().optional() })

export const InviteForm = z.object({
  ...grants,
  email: z
    .string({ error: 'form.required' })
    .trim()
    .min(1, { error: 'form.required' })
    .max(254, { error: 'form.tooLong' }),
  name: z.string().trim().max(200, { error: 'form.tooLong' }).default(''),
  lang: z.string({ error: 'form.required' }).min(1, { error: 'form.required' }),
})

/** The grants a form asks for; null when one of them is none that can be given. */
export function readGrants(form: { readonly grants: readonly string[]; readonly seminar: string }): Grant[] | null {
  const keys = [...form.grants, ...(form.seminar === '' ? [] : [`organiser:${form.seminar}`])]
  const read = keys.map(readGrantKey)
  return read.includes(null) ? null : read.filter((grant) => grant !== null)
}

export const EraseForm = z.object({
  keep: z.enum(['name', 'former'], { error: 'form.required' }),
  sure: z.literal('on', { error: 'accounts.erase.sure.needed' }),
})
