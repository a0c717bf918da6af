import { z } from 'zod'
import { roles } from '#features/accounts/index.ts'
import { isTimeZone } from '#platform/time.ts'

const line = z
  .string({ error: 'form.required' })
  .trim()
  .min(1, { error: 'form.required' })
  .max(2000, { error: 'form.tooLong' })

export const RedirectForm = z.object({ path: line, target: line })

export const RemoveRedirectForm = z.object({ path: line })

/** `up:fr`: a step, then the language it is about. */
export const LanguageForm = z.object({
  move: z
    .string()
    .regex(/^(up|down|remove|add):[A-Za-z-]{2,35}$/)
    .transform((move) => {
      const [step, lang = ''] = move.split(':')
      return { step: z.enum(['up', 'down', 'remove', 'add']).parse(step), lang }
    }),
})

const days = z
  .string({ error: 'admin.settings.days.wrong' })
  .trim()
  .regex(/^\d{1,5}$/, { error: 'admin.settings.days.wrong' })
  .transform(Number)

export const SettingsForm = z.object({
  zone: z.string({ error: 'form.required' }).trim().refine(isTimeZone, { error: 'admin.settings.zone.wrong' }),
  secondFactor: z
    .array(z.enum(roles))
    .default([])
    .transform((chosen) => roles.filter((role) => chosen.includes(role))),
  retention: z.object({ audit: days, mail: days, invitations: days }),
})

/** `up:con_…`: a step, then the term or vocabulary it is about. */
export const OrderForm = z.object({
  move: z
    .string()
    .regex(/^(up|down):[a-z]{3}_[0-9a-z]{1,40}$/)
    .transform((move) => {
      const [step, id = ''] = move.split(':')
      return { step: z.enum(['up', 'down']).parse(step), id }
    }),
})

export const MergeForm = z.object({
  into: z.string({ error: 'form.required' }).regex(/^con_[0-9a-z]{1,40}$/, { error: 'form.required' }),
})
