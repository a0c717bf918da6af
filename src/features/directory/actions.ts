import {
  alternatesFor,
  findBySlug,
  hrefFor,
  listIds,
  loadRecords,
  nameFor,
  readLinks,
  readPlaces,
  textFor,
  type KindName,
  type LoadedRecord,
  type Reader,
  type RecordDb,
  type RecordIds,
} from '#features/records/index.ts'
import { readTagsOf, type TaxonomyDb } from '#features/taxonomy/index.ts'
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
}

/** Whether this reader may see a record. */
export function isVisible(record: LoadedRecord, reader: Reader): boolean {
  return record.status === 'published' && reader.audience.includes(record.visibility)
}

async function loadVisible(deps: DirectoryDeps, reader: Reader, ids: readonly string[]): Promise<LoadedRecord[]> {
  const loaded = await loadRecords(deps.records, ids)
  return ids.flatMap((id) => {
    const record = loaded.get(id)
    return record && isVisible(record, reader) ? [record] : []
  })
}

/** A record as a link. */
export function toReference(record: LoadedRecord, reader: Reader): Reference {
  const href = hrefFor(record, reader.lang) ?? `/r/${record.id}`
  return { id: record.id, name: nameFor(record, reader), href, synthetic: record.synthetic }
}

/** Visible records as links, by id. */
export async function readReferences(
  deps: Pick<DirectoryDeps, 'records'>,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Reference>> {
  const loaded = await loadRecords(deps.records, ids, ['name', 'title', 'label'])
  const visible = [...loaded.values()].filter((record) => isVisible(record, reader))
  return new Map(visible.map((record) => [record.id, toReference(record, reader)]))
}

async function findPage<T>(
  deps: DirectoryDeps,
  reader: Reader,
  kind: KindName,
  address: string,
  build: (ids: readonly string[]) => Promise<Map<string, T>>,
): Promise<Found<T> | null> {
  const id = await findBySlug(deps.records, kind, address, reader.lang)
  if (id === null) return null
  const [record] = await loadVisible(deps, reader, [id])
  if (!record) return null
  const value = (await build([id])).get(id)
  const href = hrefFor(record, reader.lang)
  if (!value || href === null) return null
  return { value, href, alternates: alternatesFor(record), updatedAt: record.updatedAt }
}

/** Organisations by id, for a reader. */
async function readOrganisations(
  deps: DirectoryDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Organisation>> {
  const [records, types, places] = await Promise.all([
    loadVisible(deps, reader, ids),
    readOrganisationTypes(deps.directory, ids),
    readPlaces(deps.records, ids),
  ])
  return new Map(
    records.map((record) => [
      record.id,
      {
        ...toReference(record, reader),
        type: types.get(record.id) ?? 'network',
        short: textFor(record, 'short', reader),
        summary: textFor(record, 'summary', reader),
        places: places.get(record.id) ?? [],
      },
    ]),
  )
}

/** People by id, for a reader. */
export async function readPeople(
  deps: DirectoryDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Person>> {
  const [records, employers] = await Promise.all([loadVisible(deps, reader, ids), readEmployers(deps.directory, ids)])
  const organisations = await readReferences(deps, reader, [...employers.values()])
  return new Map(
    records.map((record) => [
      record.id,
      {
        ...toReference(record, reader),
        role: textFor(record, 'role', reader),
        bio: textFor(record, 'bio', reader),
        organisation: organisations.get(employers.get(record.id) ?? '') ?? null,
      },
    ]),
  )
}

/** Programmes by id, for a reader. */
async function readProgrammes(
  deps: DirectoryDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Programme>> {
  const [records, periods, places, tags, ties] = await Promise.all([
    loadVisible(deps, reader, ids),
    readPeriods(deps.directory, ids),
    readPlaces(deps.records, ids),
    readTagsOf(deps, reader, ids),
    readLinks(deps.records, ids),
  ])
  const links = ties.filter((link) => link.relation === 'partner')
  const partners = await readReferences(
    deps,
    reader,
    links.map((link) => link.to),
  )
  return new Map(
    records.map((record) => [
      record.id,
      {
        ...toReference(record, reader),
        short: textFor(record, 'short', reader),
        summary: textFor(record, 'summary', reader),
        remark: textFor(record, 'remark', reader),
        from: periods.get(record.id)?.from ?? null,
        to: periods.get(record.id)?.to ?? null,
        places: places.get(record.id) ?? [],
        partners: links.filter((link) => link.from === record.id).flatMap((link) => partners.get(link.to) ?? []),
        concepts: tags.get(record.id) ?? [],
      },
    ]),
  )
}

/** An organisation's page by its address. */
export async function findOrganisation(
  deps: DirectoryDeps,
  reader: Reader,
  address: string,
): Promise<Found<Organisation> | null> {
  return findPage(deps, reader, 'organisation', address, (ids) => readOrganisations(deps, reader, ids))
}

/** A person's page by its address. */
export async function findPerson(deps: DirectoryDeps, reader: Reader, address: string): Promise<Found<Person> | null> {
  return findPage(deps, reader, 'person', address, (ids) => readPeople(deps, reader, ids))
}

/** A programme's page by its address. */
export async function findProgramme(
  deps: DirectoryDeps,
  reader: Reader,
  address: string,
): Promise<Found<Programme> | null> {
  return findPage(deps, reader, 'programme', address, (ids) => readProgrammes(deps, reader, ids))
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
  return byName(reader, (await readOrganisations(deps, reader, ids)).values())
}

/** Every programme this reader may see, by name; `within` narrows them. */
export async function listProgrammes(deps: DirectoryDeps, reader: Reader, within?: RecordIds): Promise<Programme[]> {
  const ids = await listIds(deps.records, 'programme', reader, within)
  return byName(reader, (await readProgrammes(deps, reader, ids)).values())
}

/** Every person this reader may see, by name. */
export async function listPeople(deps: DirectoryDeps, reader: Reader): Promise<Person[]> {
  const ids = await listIds(deps.records, 'person', reader)
  return byName(reader, (await readPeople(deps, reader, ids)).values())
}

/** The people of an organisation, by name. */
export async function listPeopleOf(deps: DirectoryDeps, reader: Reader, organisationId: string): Promise<Person[]> {
  const ids = await listPeopleIds(deps.directory, organisationId)
  return byName(reader, (await readPeople(deps, reader, ids)).values())
}
