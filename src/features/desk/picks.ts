import { hasAnyRole, audienceOf, type Actor } from '#features/accounts/index.ts'
import {
  canSeeOnDesk,
  listDeskRows,
  loadRecords,
  readDeskRows,
  type DeskScope,
  type KindName,
  type Reader,
  type RecordStatus,
  type TextValue,
} from '#features/records/index.ts'
import type { FieldValues } from '#platform/forms.ts'
import { regionName } from '#platform/i18n/index.ts'
import type { DeskDeps } from './deps.ts'
import { sentFor } from './draft.ts'
import { listPlaces } from './facts.ts'
import { isPicked, type DeskKind, type FactValues, type PickedFact } from './kind.ts'
import { nameRecords } from './names.ts'
import { guardRows } from './standing.ts'

/** A record, concept or place as it stands in a form to be chosen. */
export interface PickOption {
  readonly value: string
  readonly label: TextValue
  /** What it is a part of: a concept's vocabulary, a session's seminar. */
  readonly note: TextValue | null
  readonly status: RecordStatus | null
}

/** What is chosen for a fact, and what was found for it. */
export interface Picks {
  readonly chosen: readonly PickOption[]
  /** Null: nothing was looked for. */
  readonly found: readonly PickOption[] | null
}

/** What somebody may see at the desk, for queries; the policy has the last word on each record. */
export function scopeOf(actor: Actor): DeskScope {
  const organises = actor.grants.filter((grant) => grant.role === 'organiser').map((grant) => grant.scope)
  return {
    all: hasAnyRole(actor, ['editor', 'admin']),
    actor: actor.id,
    audience: audienceOf(actor),
    organises,
  }
}

type Finder = Pick<DeskDeps, 'records' | 'kinds'>

/** How many records a search for one offers. */
const mostFound = 20

/** Records of some kinds whose name holds the words, as far as somebody may point to them. */
export async function findRecords(
  deps: Finder,
  actor: Actor,
  reader: Reader,
  kinds: readonly KindName[],
  words: string,
): Promise<PickOption[]> {
  const filter = { kinds, words: words.trim().slice(0, 100) }
  const { rows } = await listDeskRows(deps.records, scopeOf(actor), filter, { limit: mostFound, offset: 0 })
  const visible = (await guardRows(deps, rows)).filter((row) => canSeeOnDesk(actor, row))
  return describe(
    deps,
    reader,
    visible.map((row) => row.id),
  )
}

/** Places whose name in the reader's language, or whose code, holds the words. */
export function findPlaces(lang: string, words: string): PickOption[] {
  const wanted = fold(words.trim())
  if (wanted === '') return []
  const named = listPlaces().map((code) => toPlace(code, lang))
  const found = named.filter(({ value, label }) => fold(label.value).includes(wanted) || value.toLowerCase() === wanted)
  const starts = (option: PickOption) => (fold(option.label.value).startsWith(wanted) ? 0 : 1)
  return found.toSorted((one, other) => starts(one) - starts(other)).slice(0, mostFound)
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function toPlace(code: string, lang: string): PickOption {
  return { value: code, label: { lang, state: 'source', value: regionName(code, lang) }, note: null, status: null }
}

/** Who may be told what a record is called: of what they may not see, whoever names an id learns the id and no more. */
export interface ToldTo {
  readonly actor: Actor
  /** Ids that the record already points to, whoever made it do so. */
  readonly known: readonly string[]
}

/** Records by id as options, in the order asked for; two queries, and one more for each kind of part among them. */
export async function describe(
  deps: Finder,
  reader: Reader,
  ids: readonly string[],
  told?: ToldTo,
): Promise<PickOption[]> {
  if (ids.length === 0) return []
  const rows = await guardRows(deps, await readDeskRows(deps.records, ids))
  const wholes = rows.flatMap((row) => row.partOf ?? [])
  const records = await loadRecords(deps.records, [...ids, ...wholes], leads)
  const nameOf = await nameRecords(deps, reader, [...records.values()])
  return ids.flatMap((id): PickOption[] => {
    const record = records.get(id)
    if (!record) return []
    const row = rows.find((one) => one.id === id)
    const isTold = !told || told.known.includes(id) || (row !== undefined && canSeeOnDesk(told.actor, row))
    if (!isTold)
      return [{ value: id, label: { lang: reader.lang, state: 'source', value: id }, note: null, status: null }]
    const whole = records.get(row?.partOf ?? '')
    return [{ value: id, label: nameOf(record), note: whole ? nameOf(whole) : null, status: record.status }]
  })
}

/** The fields that name records. */
export const leads = ['name', 'title', 'label', 'statement']

/** What is chosen in a form, and what was found for the fact somebody looked for. */
export async function readPicks(
  deps: Finder,
  { actor, reader, kind, values, finding, stands = {} }: PickCall,
): Promise<ReadonlyMap<string, Picks>> {
  const facts = kind.facts.filter(isPicked)
  const idsOf = (fact: PickedFact) => (sentFor(values, `fact.${fact.name}`) ?? []).filter((id) => id !== '')
  const records = facts.filter((fact) => fact.type !== 'places').flatMap(idsOf)
  const told = { actor, known: Object.values(stands).flat() }
  const described = await describe(deps, reader, [...new Set(records)], told)
  const options = new Map(described.map((option) => [option.value, option]))
  const picks = facts.map(async (fact): Promise<[string, Picks]> => {
    const chosen = idsOf(fact).flatMap((id) =>
      fact.type === 'places' ? toPlace(id, reader.lang) : (options.get(id) ?? []),
    )
    return [fact.name, { chosen, found: await find(deps, { actor, reader, fact, values, finding }) }]
  })
  return new Map(await Promise.all(picks))
}

interface PickCall {
  readonly actor: Actor
  readonly reader: Reader
  readonly kind: DeskKind
  readonly values: FieldValues
  /** Names of facts to look for, by what was typed beside them. */
  readonly finding: readonly string[]
  /** The record as it stands. */
  readonly stands?: FactValues
}

async function find(
  deps: Finder,
  { actor, reader, fact, values, finding }: Omit<PickCall, 'kind' | 'stands'> & { fact: PickedFact },
): Promise<PickOption[] | null> {
  if (!finding.includes(fact.name)) return null
  const words = sentFor(values, `find.${fact.name}`)?.[0] ?? ''
  const chosen = new Set(sentFor(values, `fact.${fact.name}`))
  const found =
    fact.type === 'places' ? findPlaces(reader.lang, words) : await findRecords(deps, actor, reader, fact.kinds, words)
  return found.filter((option) => !chosen.has(option.value))
}
