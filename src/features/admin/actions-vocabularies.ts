import {
  applySkos,
  findMergeProblem,
  listTermsThere,
  mergeConcepts,
  moveTerm,
  planSkos,
  readSkos,
  readStatements,
  type MergeProblem,
  type SkosPlan,
} from '#features/taxonomy/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { AdminDeps, By } from './deps.ts'
import { handlesOf, inTransaction, type AdminHandles } from './handles.ts'

type TermDeps = Pick<AdminDeps, 'db' | 'now' | 'origin' | 'languages' | 'changed'>

/** Moves a term among its neighbours, or a vocabulary among the others. */
export async function reorder(deps: TermDeps, { actor }: By, id: string, step: 'up' | 'down'): Promise<boolean> {
  const deed = { actor, at: deps.now() }
  const moved = await inTransaction(deps.db, async (tx) => moveTerm(tx, id, step, deed))
  if (moved) deps.changed()
  return moved
}

export type Merged =
  { readonly ok: true; readonly tagged: number } | { readonly ok: false; readonly problem: MergeProblem }

/** Merges one term into another; what pointed to it points to the other from then on. */
export async function mergeTerms(deps: TermDeps, { actor }: By, fromId: string, intoId: string): Promise<Merged> {
  const at = deps.now()
  const merged = await inTransaction(deps.db, async (tx): Promise<Merged> => {
    const { concepts } = await listTermsThere(tx)
    const [from, into] = [fromId, intoId].map((id) => concepts.find((one) => one.id === id))
    if (!from || !into) throw new NotFoundError('term')
    const problem = findMergeProblem(from, into, concepts)
    if (problem !== null) return { ok: false, problem }
    const tagged = await mergeConcepts(tx, from, into, { actor, at })
    const detail = { merged: from.id, records: tagged }
    await writeAudit(tx.audit, { at, actor, deed: 'vocabulary.merge', subject: into.id, detail })
    return { ok: true, tagged }
  })
  if (merged.ok) deps.changed()
  return merged
}

export interface VocabularyImport {
  readonly plan: SkosPlan
  /** Whether what is new or changed was written. */
  readonly done: boolean
}

export type VocabularyImported =
  | ({ readonly ok: true } & VocabularyImport)
  | { readonly ok: false; readonly line: number | null; readonly why: string }

/** Terms of one file. */
const MOST_TERMS = 20_000

/** Reads a SKOS file and writes what is new and changed in it; nothing when something in it is wrong. */
export async function importVocabulary(
  deps: TermDeps,
  { actor }: By,
  bytes: Uint8Array,
  { dryRun, publish }: { readonly dryRun: boolean; readonly publish: boolean },
): Promise<VocabularyImported> {
  const { origin, languages } = deps
  const read = readStatements(bytes, `${origin}/vocabularies/`)
  if (!read.ok) return read
  const there = await listTermsThere(handlesOf(deps.db))
  const schemes = there.schemes.map(({ notation }) => notation)
  const file = readSkos(read.statements, { origin, lang: languages[0] ?? 'en', schemes })
  const size = file.concepts.length + file.schemes.length
  if (size === 0 && file.problems.length === 0) return { ok: false, line: null, why: 'no SKOS vocabulary and no term' }
  if (size > MOST_TERMS) return { ok: false, line: null, why: `${size} terms; ${MOST_TERMS} can be imported at once` }
  const plan = planSkos(file, there, origin)
  const written = plan.items.filter(({ outcome }) => outcome === 'new' || outcome === 'changed')
  if (dryRun || plan.problems.length > 0) return { ok: true, plan, done: false }
  if (written.length > 0) {
    const at = deps.now()
    const work = {
      inTransaction: async (step: (tx: AdminHandles) => Promise<void>) => inTransaction(deps.db, step),
      deed: { actor, at },
      publish,
      languages,
    }
    await applySkos(plan, there, work)
    const added = written.filter(({ outcome }) => outcome === 'new').length
    const detail = { added, changed: written.length - added }
    await writeAudit(handlesOf(deps.db).audit, { at, actor, deed: 'vocabulary.import', detail })
    deps.changed()
  }
  return { ok: true, plan, done: true }
}
