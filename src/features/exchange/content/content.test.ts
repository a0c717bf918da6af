import { hash } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { handlesOf } from '#features/exchange/index.ts'
import { recordedSource } from '#features/recordings/index.ts'
import { readSeminar } from '#features/seminars/index.ts'
import { createLocalFileStore, type FileStore } from '#platform/files/index.ts'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { aReader } from '#testing/makers.ts'
import { ContentFileError } from './error.ts'
import { loadContent } from './load.ts'
import { seedId } from './words.ts'

const now = '2026-11-24T09:00:00.000Z'
const seeds = 'seeds'

let kept = ''
let files: FileStore
beforeAll(async () => {
  kept = await mkdtemp(join(tmpdir(), 'hub-content-files-'))
  files = createLocalFileStore(kept)
})
afterAll(async () => rm(kept, { recursive: true }))
beforeEach(resetDatabase)

test('the demonstration hub loads in under two seconds, and a second time changes nothing', async () => {
  const { kysely } = await testDatabase()
  const first = await loadContent({ db: kysely, files }, seeds, now)
  expect(Object.values(first).every((count) => count > 0)).toBe(true)
  const rows = async () => {
    const { total } = await kysely
      .selectFrom('record_text')
      .select((select) => select.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return total
  }
  const before = await rows()
  expect(await loadContent({ db: kysely, files }, seeds, '2027-01-01T00:00:00.000Z')).toEqual({
    hub: 0,
    vocabularies: 0,
    directory: 0,
    series: 0,
    library: 0,
    seminars: 0,
    tasks: 0,
  })
  expect(await rows()).toBe(before)
})

test('the December 2021 seminar is whole, with texts in every state', async () => {
  const { kysely } = await testDatabase()
  await loadContent({ db: kysely, files }, seeds, now)
  const handles = handlesOf(kysely)
  const deps = { ...handles, now: () => now, recorded: recordedSource(handles) }
  const id = seedId('seminar', '2021-12')
  const found = await readSeminar(deps, aReader('fr'), id)
  if (!found) throw new Error('The seminar is not there')
  const { seminar } = found

  expect([seminar.startsOn, seminar.endsOn, seminar.phase]).toEqual(['2021-12-01', '2021-12-02', 'recorded'])
  expect(seminar.sessions.map((session) => [session.number, session.startsOn, session.minutes])).toEqual([
    [1, '2021-12-01', 120],
    [2, '2021-12-01', 120],
    [3, '2021-12-02', 120],
    [4, '2021-12-02', 120],
  ])
  expect(seminar.seriesPlace?.number).toBe(3)
  expect(seminar.seriesPlace?.planned).toBe(5)
  expect(seminar.seriesPlace?.entries.map((entry) => entry.number)).toEqual([1, 2, 3, 4, 5])
  expect(seminar.languages.map((language) => language.lang).toSorted()).toEqual(['ar', 'en', 'es', 'fr', 'pt'])
  expect(seminar.basedOn).toHaveLength(1)
  expect(seminar.funding[0]?.mark).toBe('eu')
  const states = await kysely.selectFrom('record_text').select(['state']).distinct().execute()
  expect(states.map((row) => row.state).toSorted()).toEqual(['current', 'machine', 'source'])
})

test('a file that is wrong is named with its place, and nothing is written', async () => {
  const { kysely } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'hub-content-'))
  try {
    await cp(seeds, folder, { recursive: true })
    const path = join(folder, 'people.json')
    const people: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (!Array.isArray(people)) throw new Error('people.json is not a list')
    people[1] = { ...people[1], key: 'Not a key' }
    await writeFile(path, JSON.stringify(people))
    await expect(loadContent({ db: kysely, files }, folder, now)).rejects.toThrow(/people\.json.*\[1\]\.key/s)

    await writeFile(path, '[{"key":')
    await expect(loadContent({ db: kysely, files }, folder, now)).rejects.toThrow(/people\.json is not JSON/)
    await rm(path)
    await expect(loadContent({ db: kysely, files }, folder, now)).rejects.toThrow(/people\.json cannot be read/)
    expect(await kysely.selectFrom('record').select('id').execute()).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a session that the content holds under the Chatham House Rule is loaded so', async () => {
  const { kysely } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'hub-content-'))
  try {
    await cp(seeds, folder, { recursive: true })
    const path = join(folder, 'seminars.json')
    const entries = z.array(z.looseObject({ key: z.string(), sessions: z.array(z.looseObject({})).optional() }))
    const seminars = entries.parse(JSON.parse(await readFile(path, 'utf8')))
    const [, second] = seminars.find(({ key }) => key === '2021-12')?.sessions ?? []
    Object.assign(second ?? {}, { chathamHouse: true })
    await writeFile(path, JSON.stringify(seminars))
    await loadContent({ db: kysely, files }, folder, now)
    const id = seedId('seminar', '2021-12')
    const found = await readSeminar({ ...handlesOf(kysely), now: () => now }, aReader(), id)
    const sessions = found?.seminar.sessions ?? []
    expect(sessions.map(({ isChathamHouse }) => isChathamHouse)).toEqual([false, true, false, false])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the agenda of December 2021 is a file, kept once, and written down with what it is', async () => {
  const { kysely } = await testDatabase()
  await loadContent({ db: kysely, files }, seeds, now)
  await loadContent({ db: kysely, files }, seeds, now)
  const found = await readSeminar({ ...handlesOf(kysely), now: () => now }, aReader('fr'), seedId('seminar', '2021-12'))
  const agenda = found?.seminar.materials.find(({ kind, lang }) => kind === 'agenda' && lang === 'fr')
  const bytes = await readFile(join(seeds, 'files/agenda-fr.pdf'))
  const sha256 = hash('sha256', bytes, 'hex')

  expect(agenda?.file).toEqual({ sha256, name: 'agenda-fr.pdf', type: 'application/pdf' })
  expect([agenda?.url, agenda?.bytes]).toEqual([`/files/${sha256}/agenda-fr.pdf`, bytes.length])
  expect(await readFile(join(kept, sha256.slice(0, 2), sha256))).toEqual(bytes)
  const rows = await kysely.selectFrom('file').select(['name', 'type']).orderBy('name').execute()
  const offered = await readdir(join(seeds, 'files'))
  const typeBy: Readonly<Record<string, string>> = {
    '.pdf': 'application/pdf',
    '.mp3': 'audio/mpeg',
    '.vtt': 'text/vtt',
  }
  expect(rows.map(({ name, type }) => [name, type])).toEqual(
    offered.toSorted().map((name) => [name, typeBy[extname(name)]]),
  )
})

test('a seminar that is there already gets no further parts, and their files are not kept', async () => {
  const { kysely } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'hub-content-'))
  try {
    await cp(seeds, join(folder, 'content'), { recursive: true })
    const path = join(folder, 'content/seminars.json')
    const text = await readFile(path, 'utf8')
    const older = text
      .replace(/"recordings": [\s\S]*?\n {4}\]/, '"recordings": []')
      .replaceAll(/"file": "(files\/[\w.-]+)"/g, '"url": "https://example.org/$1"')
    const publications = join(folder, 'content/publications.json')
    const entries = z.array(z.looseObject({})).parse(JSON.parse(await readFile(publications, 'utf8')))
    await writeFile(publications, JSON.stringify(entries.map((entry) => ({ ...entry, editions: [] }))))
    await writeFile(path, older.replace(/\{\s*"key": "2021-12-slides[^{]*\{[^}]*\}[^}]*\},/, ''))
    const store = createLocalFileStore(join(folder, 'kept'))
    await loadContent({ db: kysely, files: store }, join(folder, 'content'), now)

    expect(await loadContent({ db: kysely, files: store }, seeds, now)).toMatchObject({ library: 0, seminars: 0 })

    expect(await kysely.selectFrom('file').select('sha256').execute()).toEqual([])
    expect(await readdir(folder)).toEqual(['content'])
  } finally {
    await rm(folder, { recursive: true })
  }
})

const wrongFiles: [what: string, file: string, said: RegExp][] = [
  ['that is not there', 'files/none.pdf', /files\/none\.pdf is not there$/],
  ['that is a folder', 'files', /: files is not there$/],
  ['outside', '../outside.txt', /\.\.\/outside\.txt is outside the content folder$/],
  ['outside by a link', 'files/link.txt', /files\/link\.txt is outside the content folder$/],
  ['by a whole path', '/files/agenda-fr.pdf', /\/files\/agenda-fr\.pdf is outside the content folder$/],
  [
    'that is a drawing with script in it',
    'files/drawing.svg',
    /files\/drawing\.svg is of a type that the hub does not offer: image\/svg\+xml$/,
  ],
  ['of a page called PDF', 'files/page.pdf', /files\/page\.pdf is by its content text\/html; its name says otherwise$/],
  [
    'of a text called PDF',
    'files/text.pdf',
    /files\/text\.pdf is by its content text\/plain; its name says otherwise$/,
  ],
]

test.each(wrongFiles)(
  'a material with a file %s is named with its place, and nothing is kept',
  async (_, file, said) => {
    const { kysely } = await testDatabase()
    const around = await mkdtemp(join(tmpdir(), 'hub-content-'))
    const folder = join(around, 'content')
    const store = createLocalFileStore(join(around, 'kept'))
    try {
      await cp(seeds, folder, { recursive: true })
      await writeFile(join(around, 'outside.txt'), 'A secret')
      await symlink(join(around, 'outside.txt'), join(folder, 'files/link.txt'))
      await writeFile(join(folder, 'files/page.pdf'), '<!doctype html><script>alert(1)</script>')
      await writeFile(join(folder, 'files/drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
      await writeFile(join(folder, 'files/text.pdf'), 'Words')
      const path = join(folder, 'seminars.json')
      const text = await readFile(path, 'utf8')
      await writeFile(path, text.replace('files/slides-fr.pdf', file))

      const loading = loadContent({ db: kysely, files: store }, folder, now)
      await expect(loading).rejects.toThrow(ContentFileError)
      await expect(loading).rejects.toThrow(said)
      await expect(loading).rejects.toThrow(/seminars\.json: \[2\]\.materials\[2\]\.file: /)
      expect(await kysely.selectFrom('record').select('id').execute()).toEqual([])
      expect(await readdir(around)).toEqual(['content', 'outside.txt'])
    } finally {
      await rm(around, { recursive: true })
    }
  },
)

test('a material is a link or a file, and the content says so when it is both or neither', async () => {
  const { kysely } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'hub-content-'))
  try {
    await cp(seeds, folder, { recursive: true })
    const path = join(folder, 'seminars.json')
    const text = await readFile(path, 'utf8')
    const line = '"file": "files/slides-fr.pdf",'
    for (const instead of ['', `${line} "url": "https://example.org/x",`]) {
      await writeFile(path, text.replace(line, instead))
      await expect(loadContent({ db: kysely, files }, folder, now)).rejects.toThrow(
        /has either a url or a file\s+→ at \[2\]\.materials\[2\]/,
      )
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})
