import type { Actor } from '#features/accounts/index.ts'
import { deedOf, requireGuarded, type DeskDeps } from '#features/desk/index.ts'
import { fileTables, listChoosable, type KeptFile } from '#features/files/index.ts'
import { insertEvents, lockVersion, touchRecord } from '#features/records/index.ts'
import type { FieldProblem } from '#platform/forms.ts'
import { makeId } from '#platform/ids.ts'
import type { PublicationRows } from '../store.ts'
import { libraryTables } from '../store-desk.ts'
import { keepPublication, replaceParts, type PublicationParts } from '../writing.ts'
import type { EditionsForm } from './form.ts'
import { readEditions, type ReadEdition, type ReadFile } from './read.ts'
import { editionLines, loadEditions } from './standing.ts'

export type SavedEditions =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** Somebody else has saved since: nothing was written. */
  | { readonly outcome: 'conflict' }

/** Saves the editions and files of a publication, all of them in their order or nothing. */
export async function saveEditions(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  version: number,
  form: EditionsForm,
): Promise<SavedEditions> {
  const deed = deedOf(deps, actor)
  let changed = false
  const saved = await deps.records.transaction().execute(async (tx): Promise<SavedEditions> => {
    const inside = { ...deps, records: tx }
    const current = await lockVersion(tx, id)
    await requireGuarded(inside, actor, id)
    if (current !== version) return { outcome: 'conflict' }
    const { rows } = await loadEditions(tx, id)
    const { editions, problems } = readEditions(form, new Set(rows.files.flatMap(({ licence }) => licence ?? [])))
    const files = await findKept(inside, actor, editions, rows)
    const all = [...problems, ...findUnknown(form, files)]
    if (all.length > 0) return { outcome: 'invalid', problems: withoutTwins(all) }
    const parts = toParts(id, editions, { rows, files, newId: (prefix) => makeId(prefix, deed.at) })
    const [before, after] = [editionLines(rows), editionLines(parts)]
    changed = before !== after
    if (!changed) return { outcome: 'saved' }
    await keepPublication(libraryTables(tx), id)
    await replaceParts(libraryTables(tx), id, parts)
    const line = { record_id: id, verb: 'edit' as const, field: 'editions' }
    await insertEvents(tx, [{ ...line, before: before || null, after: after || null }], deed)
    await touchRecord(tx, id, deed)
    return { outcome: 'saved' }
  })
  if (changed) deps.onChange()
  return saved
}

type Files = ReadonlyMap<string, KeptFile>

/** The hub's files that editions name, as far as whoever saves may choose them: their own, and those that stand there. */
async function findKept(
  { records, store }: Pick<DeskDeps, 'records' | 'store'>,
  actor: Actor,
  editions: readonly ReadEdition[],
  { files }: PublicationRows,
): Promise<Files> {
  const had = files.flatMap(({ file }) => file ?? [])
  const asked = editions.flatMap((edition) => edition.files.flatMap(({ sha256 }) => sha256 ?? []))
  const found = await listChoosable(fileTables(records), actor.id, [...new Set(asked)], had)
  for (const sha256 of found.keys()) if (!had.includes(sha256) && !(await store.has(sha256))) found.delete(sha256)
  return found
}

/** To name a file that is somebody else's is to name none. */
function findUnknown({ editions }: EditionsForm, files: Files): FieldProblem[] {
  return editions.flatMap((edition, index) =>
    edition.files.flatMap(({ ref }, at): FieldProblem[] => {
      if (ref === '' || files.has(ref.slice(0, 64))) return []
      return [{ field: `editions.${index}.files.${at}.upload`, message: 'desk.problem.fileUnknown' }]
    }),
  )
}

/** One problem for each field. */
const withoutTwins = (problems: readonly FieldProblem[]) =>
  problems.filter(({ field }, index) => problems.findIndex((other) => other.field === field) === index)

interface Ground {
  readonly rows: PublicationRows
  readonly files: Files
  readonly newId: (prefix: string) => string
}

/** The rows of editions; those that were there keep their ids, and their files theirs. */
function toParts(publicationId: string, editions: readonly ReadEdition[], ground: Ground): PublicationParts {
  const { rows, newId } = ground
  const known = new Set(rows.editions.map(({ id }) => id))
  const ids = editions.map(({ key }) => (known.has(key) ? key : newId('edn')))
  const ofEditions = editions.flatMap(({ identifiers }, index) =>
    identifiers.map(({ scheme, value }) => ({ scheme, value, edition_id: ids[index] ?? null })),
  )
  const ofWork = rows.identifiers.filter(({ edition_id }) => edition_id === null)
  const seen = new Set<string>()
  return {
    contributors: rows.contributors,
    editions: editions.map(({ number, lang, issued, original, pages }, position) => ({
      id: ids[position] ?? '',
      publication_id: publicationId,
      position,
      number,
      lang,
      issued,
      translation_of: original === null ? null : (ids[original] ?? null),
      pages,
    })),
    identifiers: [...ofWork, ...ofEditions].map(({ edition_id, scheme, value }, position) => {
      return { publication_id: publicationId, position, edition_id, scheme, value }
    }),
    files: editions.flatMap(({ files }, index) =>
      files.map((file, position) => toFileRow(file, { ...ground, editionId: ids[index] ?? '', position, seen })),
    ),
  }
}

interface FilePlace extends Ground {
  readonly editionId: string
  readonly position: number
  /** Ids that are taken: no two files share one. */
  readonly seen: Set<string>
}

function toFileRow(read: ReadFile, { rows, files, newId, editionId, position, seen }: FilePlace) {
  const row = rows.files.find(({ id }) => id === read.id && !seen.has(id))
  const isSame = row !== undefined && row.file === read.sha256 && row.url === read.url
  const kept = read.sha256 === null ? undefined : files.get(read.sha256)
  const fresh = { type: kept?.type ?? null, bytes: kept?.bytes ?? null, pages: null, synthetic: false }
  const known = isSame ? { type: row.type, bytes: row.bytes, pages: row.pages, synthetic: row.synthetic } : fresh
  const id = row?.id ?? newId('edf')
  seen.add(id)
  const place = { id, edition_id: editionId, position }
  const name = isSame ? row.name : read.name
  return { ...place, lang: read.lang, file: read.sha256, url: read.url, name, licence: read.licence, ...known }
}
