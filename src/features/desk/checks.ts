import { kindOf, type RecordDb } from '#features/records/index.ts'
import type { CheckLine } from './kind.ts'
import type { Standing } from './standing.ts'

/** What is missing before a record is published: what its kind requires, and what its feature knows. Musts come first. */
export async function listChecks(db: RecordDb, { record, kind, facts }: Standing): Promise<CheckLine[]> {
  const written = new Set(
    Object.entries(record.texts).flatMap(([field, texts]) =>
      texts.some((text) => text.lang === record.sourceLang) ? [field] : [],
    ),
  )
  const texts = kindOf(kind.kind)
    .fields.filter((field) => field.required && !written.has(field.name))
    .map((): CheckLine => ({ level: 'must', message: 'desk.check.text', at: '' }))
  const missing = kind.facts
    .filter((fact) => fact.required && (facts[fact.name] ?? []).length === 0)
    .map((): CheckLine => ({ level: 'must', message: 'desk.check.fact', at: '' }))
  const wrong = (kind.check?.(facts) ?? []).map(({ message }): CheckLine => ({ level: 'must', message, at: '' }))
  const more = (await kind.beforePublish?.(db, { id: record.id, facts, written })) ?? []
  const all = [...texts, ...missing, ...wrong, ...more]
  return [...all.filter((line) => line.level === 'must'), ...all.filter((line) => line.level === 'should')]
}
