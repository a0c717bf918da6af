import {
  alternatesFor,
  findBySlug,
  hrefFor,
  buildOutlined,
  listIds,
  loadOutlined,
  maySee,
  nameFor,
  readTies,
  textFor,
  translatorsFor,
  type KindName,
  type LoadedRecord,
  type LoadedRecords,
  type Outline,
  type Reader,
  type RecordDb,
  type RecordIds,
} from '#features/records/index.ts'
import { outlineTags, type TaxonomyDb } from '#features/taxonomy/index.ts'
import type { Organisation, Person, Programme, Reference } from './domain.ts'
import { listPeopleIds, readEmployers, readOrganisationTypes, readPeriods, type DirectoryDb } from './store.ts'

/** The handles the directory is read through. */
export interface DirectoryDeps {
  readonly records: RecordDb
  readonly taxonomy: TaxonomyDb
  readonly directory: DirectoryDb
}

/** A page of the directory: the value, the paths it has in other languages, and its proper address in this one. */
export interface Found<T> {
  readonly value: T
  readonly href: string
  readonly alternates: Readonly<Record<string, string>>
  readonly updatedAt: string
  /** The accounts that translated what the page shows; never given out. */
  readonly translators: readonly string[]
}

/** Whether this reader may see a record. */
export function isVisible(record: LoadedRecord, reader: Reader): boolean {
  return maySee(reader, record)
}

/** A record as a link. */
export function toReference(record: LoadedRecord, reader: Reader): Reference {
  const href = hrefFor(record, reader.lang) ?? `/r/${record.id}`
  return { id: record.id, name: nameFor(record, reader), href, synthetic: record.synthetic }
}

/** Visible records as links, by id. */
export function outlineReferences(reader: Reader, ids: readonly string[]): Outline<Map<string, Reference>> {
  return {
    ids,
    fields: ['name', 'title', 'label'],
    build: (records) =>
      new Map(pickVisible(records, reader, ids).map((record) => [record.id, toReference(record, reader)])),
  }
}

function pickVisible(records: LoadedRecords, reader: Reader, ids: readonly string[]): LoadedRecord[] {
  return ids.flatMap((id) => {
    const record = records.get(id)
    return record && isVisible(record, reader) ? [record] : []
  })
}

async function findPage<T>(
  deps: DirectoryDeps,
  reader: Reader,
  kind: KindName,
  address: string,
  outlineAll: (ids: readonly string[]) => Promise<Outline<Map<string, T>>>,
): Promise<Found<T> | null> {
  const id = await findBySlug(deps.records, kind, address, reader.lang)
  if (id === null) return null
  const outline = await outlineAll([id])
  const records = await loadOutlined(deps.records, [{ ids: [id] }, outline])
  const [record] = pickVisible(records, reader, [id])
  const value = outline.build(records).get(id)
  const href = record && hrefFor(record, reader.lang)
  if (!value || !href) return null
  const translators = translatorsFor(record, reader)
  return { value, href, alternates: alternatesFor(record), updatedAt: record.updatedAt, translators }
}

/** Organisations by id, for a reader. */
async function outlineOrganisations(
  deps: DirectoryDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Outline<Map<string, Organisation>>> {
  const [types, { places }] = await Promise.all([
    readOrganisationTypes(deps.directory, ids),
    readTies(deps.records, ids),
  ])
  const build = (record: LoadedRecord): Organisation => ({
    ...toReference(record, reader),
    type: types.get(record.id) ?? 'network',
    short: textFor(record, 'short', reader),
    summary: textFor(record, 'summary', reader),
    places: places.get(record.id) ?? [],
  })
  return {
    ids,
    fields: ['name', 'short', 'summary'],
    build: (records) => new Map(pickVisible(records, reader, ids).map((record) => [record.id, build(record)])),
  }
}

/** People by id, for a reader. */
export async function outlinePeople(
  deps: DirectoryDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Outline<Map<string, Person>>> {
  const employers = await readEmployers(deps.directory, ids)
  const organisations = outlineReferences(reader, [...new Set(employers.values())])
  const build = (record: LoadedRecord, known: ReadonlyMap<string, Reference>): Person => ({
    ...toReference(record, reader),
    role: textFor(record, 'role', reader),
    bio: textFor(record, 'bio', reader),
    organisation: known.get(employers.get(record.id) ?? '') ?? null,
  })
  return {
    ids: [...ids, ...organisations.ids],
    fields: ['name', 'role', 'bio'],
    build: (records) => {
      const known = organisations.build(records)
      return new Map(pickVisible(records, reader, ids).map((record) => [record.id, build(record, known)]))
    },
  }
}

/** Programmes by id, for a reader. */
async function outlineProgrammes(
  deps: DirectoryDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Outline<Map<string, Programme>>> {
  const [periods, { links, places, concepts }] = await Promise.all([
    readPeriods(deps.directory, ids),
    readTies(deps.records, ids),
  ])
  const tags = await outlineTags(deps, reader, [...concepts.values()].flat())
  const ties = links.filter((link) => link.relation === 'partner')
  const partners = outlineReferences(
    reader,
    ties.map((link) => link.to),
  )
  return {
    ids: [...ids, ...tags.ids, ...partners.ids],
    fields: ['name', 'title', 'label', 'short', 'summary', 'remark'],
    build: (records) => {
      const tagOf = tags.build(records)
      const partnerOf = partners.build(records)
      const build = (record: LoadedRecord): Programme => ({
        ...toReference(record, reader),
        short: textFor(record, 'short', reader),
        summary: textFor(record, 'summary', reader),
        remark: textFor(record, 'remark', reader),
        from: periods.get(record.id)?.from ?? null,
        to: periods.get(record.id)?.to ?? null,
        places: places.get(record.id) ?? [],
        partners: ties.filter((link) => link.from === record.id).flatMap((link) => partnerOf.get(link.to) ?? []),
        concepts: (concepts.get(record.id) ?? []).flatMap((id) => tagOf.get(id) ?? []),
      })
      return new Map(pickVisible(records, reader, ids).map((record) => [record.id, build(record)]))
    },
  }
}

/** An organisation's page by its address. */
export async function findOrganisation(
  deps: DirectoryDeps,
  reader: Reader,
  address: string,
): Promise<Found<Organisation> | null> {
  return findPage(deps, reader, 'organisation', address, (ids) => outlineOrganisations(deps, reader, ids))
}

/** A person's page by its address. */
export async function findPerson(deps: DirectoryDeps, reader: Reader, address: string): Promise<Found<Person> | null> {
  return findPage(deps, reader, 'person', address, (ids) => outlinePeople(deps, reader, ids))
}

/** A programme's page by its address. */
export async function findProgramme(
  deps: DirectoryDeps,
  reader: Reader,
  address: string,
): Promise<Found<Programme> | null> {
  return findPage(deps, reader, 'programme', address, (ids) => outlineProgrammes(deps, reader, ids))
}

function byName<T extends Reference>(reader: Reader, values: Iterable<T>): T[] {
  const collator = new Intl.Collator(reader.lang)
  return [...values].sort((a, b) => collator.compare(a.name.value, b.name.value))
}

/** Every organisation this reader may see, by name; `within` narrows them. */
export async function listOrganisations(
  deps: DirectoryDeps,
  reader: Reader,
  within?: RecordIds,
): Promise<Organisation[]> {
  const ids = await listIds(deps.records, 'organisation', reader, within)
  const found = await buildOutlined(deps.records, await outlineOrganisations(deps, reader, ids))
  return byName(reader, found.values())
}

/** Every programme this reader may see, by name; `within` narrows them. */
export async function listProgrammes(deps: DirectoryDeps, reader: Reader, within?: RecordIds): Promise<Programme[]> {
  const ids = await listIds(deps.records, 'programme', reader, within)
  const found = await buildOutlined(deps.records, await outlineProgrammes(deps, reader, ids))
  return byName(reader, found.values())
}

/** Every person this reader may see, by name. */
export async function listPeople(deps: DirectoryDeps, reader: Reader): Promise<Person[]> {
  const ids = await listIds(deps.records, 'person', reader)
  const found = await buildOutlined(deps.records, await outlinePeople(deps, reader, ids))
  return byName(reader, found.values())
}

/** The people of an organisation, by name. */
export async function listPeopleOf(deps: DirectoryDeps, reader: Reader, organisationId: string): Promise<Person[]> {
  const ids = await listPeopleIds(deps.directory, organisationId)
  const found = await buildOutlined(deps.records, await outlinePeople(deps, reader, ids))
  return byName(reader, found.values())
}
