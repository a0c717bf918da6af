import { InvalidInputError } from '#platform/errors.ts'
import type { FieldValues } from '#platform/forms.ts'
import { decisions, type Decision } from '../catalogue/plan.ts'

/** The field in which a row is decided on. */
export const decisionField = (number: number) => `row.${number}`

/** What a row that may be there already can become; `leave` is what becomes of it when nobody says anything. */
export const choices = ['leave', ...decisions] as const

/** What was decided of rows, by their numbers; null: they are left. */
export function readDecisions(values: FieldValues): { number: number; decision: Decision | null }[] {
  return Object.entries(values).flatMap(([field, [said]]) => {
    const [, number] = /^row\.(\d{1,6})$/.exec(field) ?? []
    if (number === undefined) return []
    const choice = choices.find((one) => one === said)
    if (choice === undefined) throw new InvalidInputError(field, `is none of ${choices.join(', ')}`)
    return [{ number: Number(number), decision: choice === 'leave' ? null : choice }]
  })
}
