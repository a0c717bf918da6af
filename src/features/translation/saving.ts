import type { Actor } from '#features/accounts/index.ts'
import { giveSlug, lockRecord, readFormerTexts, readStoredTexts, saveText } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { isBase, standingOf } from './actions.ts'
import { compareWords, type Change } from './changes.ts'
import type { TranslationDeps } from './deps.ts'
import { judgeEdit, markOf, type Edit, type Standing, type Verdict } from './domain.ts'
import { canTranslate } from './policy.ts'

/** A field whose edit was not written, and why; with the source that its writer saw, when history knows it. */
export interface Refused {
  readonly field: string
  readonly verdict: Exclude<Verdict, 'nothing' | 'write'>
  readonly changes: readonly Change[] | null
}

export type SavedTranslations =
  { readonly ok: true; readonly count: number } | { readonly ok: false; readonly refused: readonly Refused[] }

/** Writes what a translator typed, all of it or, when something was changed meanwhile, none of it. */
export async function saveTranslations(
  deps: TranslationDeps,
  actor: Actor | null,
  recordId: string,
  lang: string,
  edits: readonly Edit[],
): Promise<SavedTranslations> {
  if (!canTranslate(actor, lang)) throw new NotFoundError('page')
  return deps.records.transaction().execute(async (tx): Promise<SavedTranslations> => {
    if (!(await lockRecord(tx, recordId))) throw new NotFoundError('record')
    const texts = await readStoredTexts(tx, [recordId], lang)
    const judged = edits.map((edit) => {
      const now: Standing = standingOf(texts, edit.field, lang)
      return { edit, now, verdict: judgeEdit(edit, now, lang) }
    })
    const bad = judged.flatMap(({ edit, now, verdict }) =>
      verdict === 'nothing' || verdict === 'write' ? [] : [{ edit, now, verdict }],
    )
    if (bad.length > 0) {
      const former = await readFormerTexts(
        tx,
        recordId,
        bad.map(({ edit }) => edit.field),
      )
      return { ok: false, refused: bad.map(({ edit, now, verdict }) => refuse(edit, now, verdict, former)) }
    }
    const written = judged.filter(({ verdict }) => verdict === 'write')
    const deed = { actor: actor.id, at: deps.now() }
    for (const { edit, now } of written) {
      const isSame = now.text !== null && markOf(now.text.body) === markOf(edit.text)
      const body = isSame ? now.text.body : edit.text.trim()
      await saveText(tx, recordId, { field: edit.field, lang, body }, deed)
      await giveSlug(tx, recordId, { field: edit.field, lang, body }, deed)
    }
    return { ok: true, count: written.length }
  })
}

function refuse(
  edit: Edit,
  { source }: Standing,
  verdict: Refused['verdict'],
  former: readonly { field: string; lang: string; body: string }[],
): Refused {
  const seen = source && former.find((one) => isBase(one, edit.field, source.lang, edit.source))
  const changes = seen && verdict === 'sourceMoved' ? compareWords(seen.body, source.body, source.lang) : null
  return { field: edit.field, verdict, changes }
}
