import type { Actor } from '#features/accounts/index.ts'
import {
  fileProblems,
  fileRef,
  fileTables,
  keepUpload,
  listChoosable,
  readFileRef,
  type FileDb,
  type ShownFiles,
} from '#features/files/index.ts'
import { BodyTooLargeError } from '#platform/errors.ts'
import { readSent, type FieldProblem, type FieldValues, type SentForm } from '#platform/forms.ts'
import type { DeskDeps } from './deps.ts'
import { sentFor, type Draft } from './draft.ts'
import { isFile, type DeskKind, type FactValues } from './kind.ts'

/** What a form with files was understood as: each file kept, or refused at its field. */
export interface TakenForm {
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
}

/** Bytes of a form with a file: more than the largest file, so that one a little too large is told at its field, with all else kept. */
const mostFormBytes = 30_000_000

/** Bodies sent to these are limited once it is known who sends them; see `readRecordForm`. */
export function deskBodyLimit(path: string): number | undefined {
  return /^\/[\w-]+\/desk\/records\/(new\/(material|track)|(mat|trk)_\w+)$/.test(path) ? Infinity : undefined
}

/** Reads the form of a record; null when more was sent than a form with a file may carry. */
export async function readRecordForm(request: Request): Promise<SentForm | null> {
  try {
    return await readSent(request, { maxBytes: mostFormBytes })
  } catch (error) {
    if (error instanceof BodyTooLargeError) return null
    throw error
  }
}

/** What is said of a form that was too large to be read. */
export function tooLargeProblems(kind: DeskKind): FieldProblem[] {
  return kind.facts.filter(isFile).map(({ name }) => ({ field: `fact.${name}`, message: fileProblems.tooLarge }))
}

/** Keeps the files of a form, and puts into its values which file each fact has: the one sent, none, or the one it had. */
export async function takeFiles(deps: DeskDeps, actor: Actor, kind: DeskKind, sent: SentForm): Promise<TakenForm> {
  const values: Record<string, readonly string[]> = { ...sent.values }
  const problems: FieldProblem[] = []
  for (const { name: fact } of kind.facts.filter(isFile)) {
    const name = `fact.${fact}`
    const had = sentFor(values, `kept.${fact}`)
    const isDropped = sentFor(values, `drop.${fact}`)?.[0] === 'on'
    delete values[`kept.${fact}`]
    // A file field in which nothing was chosen may come as an empty text.
    const isSaid = (sentFor(values, name) ?? []).some((line) => line !== '')
    // A file that was sent in parts before is named by its reference: whether it may be chosen is looked at when it is saved.
    if (isSaid) delete values[`drop.${fact}`]
    else if (had !== null) values[name] = isDropped ? [''] : had
    const [file] = sent.files[name] ?? []
    if (!file) continue
    const kept = await keepUpload(deps, actor.id, file)
    if (kept.ok) {
      values[name] = [fileRef(kept.file)]
      delete values[`drop.${fact}`]
    } else problems.push({ field: name, message: fileProblems[kept.why] })
  }
  return { values, problems }
}

const refsIn = (kind: DeskKind, read: (name: string) => readonly string[]) =>
  kind.facts.filter(isFile).flatMap(({ name }) => {
    const ref = readFileRef(read(name)[0] ?? '')
    return ref ? [{ fact: name, ...ref }] : []
  })

const hashesOf = (refs: readonly { readonly sha256: string }[]) => refs.map((ref) => ref.sha256)

/** A file is chosen by whoever has just sent it; to name one that is somebody else's is to name none. */
export async function findFileProblems(
  { records, store }: Pick<DeskDeps, 'records' | 'store'>,
  actor: Actor,
  kind: DeskKind,
  stands: FactValues,
  { facts }: Pick<Draft, 'facts'>,
  vouched: readonly string[],
): Promise<FieldProblem[]> {
  const had = hashesOf(refsIn(kind, (name) => stands[name] ?? []))
  const fresh = refsIn(kind, (name) => facts[name] ?? []).filter(({ sha256 }) => !had.includes(sha256))
  const choosable = await listChoosable(fileTables(records), actor.id, hashesOf(fresh), vouched)
  const problems: FieldProblem[] = []
  for (const { fact, sha256 } of fresh) {
    if (choosable.has(sha256) && (await store.has(sha256))) continue
    problems.push({ field: `fact.${fact}`, message: 'desk.problem.fileUnknown' })
  }
  return problems
}

/** The files that a form shows: those of the record, and those that whoever fills it in has sent. */
export async function readShownFiles(
  files: FileDb,
  actor: Actor,
  kind: DeskKind,
  values: FieldValues,
  stands: FactValues,
): Promise<ShownFiles> {
  const had = hashesOf(refsIn(kind, (name) => stands[name] ?? []))
  const refs = refsIn(kind, (name) => sentFor(values, `fact.${name}`) ?? [])
  const found = await listChoosable(files, actor.id, hashesOf(refs), had)
  return new Map([...found].map(([hash, file]) => [hash, { ...file, isSaved: had.includes(hash) }]))
}
