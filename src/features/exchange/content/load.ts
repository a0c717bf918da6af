import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { loadRecords } from '#features/records/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import { handlesOf, type ExchangeDb, type Handles } from '../handles.ts'
import { loadDirectory } from './directory.ts'
import { ContentFileError } from './error.ts'
import * as files from './files.ts'
import { loadHub } from './hub.ts'
import { keepContentFiles, namedByPublications, namedBySeminars, pathsOf, readContentFiles } from './kept-files.ts'
import { filesOf, loadPublications, type LibraryFiles } from './publications.ts'
import { loadSeminars, loadSeries, type SeminarFiles } from './seminars.ts'
import { loadTasks } from './tasks.ts'
import { loadVocabularies } from './vocabularies.ts'
import { seedId } from './words.ts'

/** How many records each step made; zero for what was there already. */
export type Loaded = Readonly<Record<string, number>>

async function readContent<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  const path = join(folder, name)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ContentFileError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  return parseContent(path, text, schema)
}

/** A list that a content folder may do without. */
async function readContentIfAny<T>(folder: string, name: string, schema: z.ZodType<T[]>): Promise<T[]> {
  const names = await readdir(folder)
  return names.includes(name) ? readContent(folder, name, schema) : []
}

function parseContent<T>(path: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ContentFileError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ContentFileError(`${path}: ${z.prettifyError(parsed.error)}`)
}

/** Where content is loaded to: tables, and the files that materials are. */
export interface ContentTarget {
  readonly db: ExchangeDb
  readonly files: FileStore
}

/**
 * Loads a folder of content (JSON files, one per kind, and the files they name) into the hub. What is there already is left alone, so it can run
 * again and again, also after it was interrupted: each step is one transaction. Throws ContentFileError before anything
 * is written when a file is wrong.
 */
export async function loadContent(
  { db, files: store }: ContentTarget,
  folder: string,
  now: Instant,
  actor = 'seed',
): Promise<Loaded> {
  const hub = await readContent(folder, 'hub.json', files.HubFile)
  const vocabularies = await readContent(folder, 'vocabularies.json', files.VocabulariesFile)
  const directory = {
    organisations: await readContent(folder, 'organisations.json', files.OrganisationsFile),
    people: await readContent(folder, 'people.json', files.PeopleFile),
    programmes: await readContent(folder, 'programmes.json', files.ProgrammesFile),
    funding: await readContent(folder, 'funding.json', files.FundingFile),
  }
  const series = await readContent(folder, 'series.json', files.SeriesFile)
  const publications = await readContent(folder, 'publications.json', files.PublicationsFile)
  const entries = await readContent(folder, 'seminars.json', files.SeminarsFile)
  const library: LibraryFiles = {
    publications,
    files: await readContentFiles(folder, namedByPublications(publications)),
  }
  const seminars: SeminarFiles = { seminars: entries, files: await readContentFiles(folder, namedBySeminars(entries)) }
  const tasks = await readContentIfAny(folder, 'tasks.json', files.TasksFile)
  const deed = { actor, at: now }
  await keepContentFiles(store, await listFreshFiles(db, library, seminars))
  const step = async (load: (tx: Handles) => Promise<number>) => db.transaction().execute((tx) => load(handlesOf(tx)))
  return {
    vocabularies: await step((tx) => loadVocabularies(tx, vocabularies, deed)),
    directory: await step((tx) => loadDirectory(tx, directory, deed)),
    hub: await step((tx) => loadHub(tx, hub, deed)),
    series: await step((tx) => loadSeries(tx, series, deed)),
    library: await step((tx) => loadPublications(tx, library, deed)),
    seminars: await step((tx) => loadSeminars(tx, seminars, deed)),
    tasks: await step((tx) => loadTasks(tx, tasks)),
  }
}

/** The files of publications and seminars that the hub does not have yet. */
async function listFreshFiles(db: ExchangeDb, library: LibraryFiles, { seminars, files }: SeminarFiles) {
  const ids = [
    ...library.publications.map(({ key }) => seedId('publication', key)),
    ...seminars.map(({ key }) => seedId('seminar', key)),
  ]
  const known = await loadRecords(handlesOf(db).records, ids, [])
  const papers = library.publications.filter(({ key }) => !known.has(seedId('publication', key)))
  const fresh = seminars.filter(({ key }) => !known.has(seedId('seminar', key)))
  return [
    ...[...new Set(filesOf(papers))].flatMap((path) => library.files.get(path) ?? []),
    ...[...pathsOf(fresh)].flatMap((path) => files.get(path) ?? []),
  ]
}
