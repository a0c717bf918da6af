import { beforeEach, expect, test } from 'vitest'
import { loadRecords, saveText, visibleIds } from '#features/records/index.ts'
import { hashText } from '#platform/text/index.ts'
import {
  listMaterialRows,
  listSessionRows,
  readSeminarRows,
  updateSeminar,
  updateSession,
} from '#features/seminars/index.ts'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { aReader, deed } from '#testing/makers.ts'
import { handlesOf, readPage, savePage, type Saved } from '../index.ts'

const now = '2026-01-02T00:00:00.000Z'
const source = '/pages/2022-05.txt'

beforeEach(resetDatabase)

interface Changes {
  readonly title?: string
  readonly dates?: string
  readonly objectives?: string
  readonly sessions?: readonly string[]
  readonly links?: string
}

function aPage({ title, dates, objectives, sessions, links }: Changes = {}): string {
  return [
    title ?? 'Online seminar on reintegration and health',
    'Dates',
    dates ?? '24 - 25 May 2022',
    'Objectives',
    objectives ?? 'To share what worked when returnees needed care, and what did not, across six countries.',
    'Sessions',
    ...(sessions ?? ['1. Access to care', '2. Mental health']),
    'Recordings',
    links ?? '[Recording in English](https://example.org/recording)',
  ].join('\n\n')
}

interface Told {
  readonly source?: string
  readonly startsOn?: string
  readonly endsOn?: string
}

async function importPage(text: string, told: Told = {}): Promise<Saved & { ok: true }> {
  const { kysely } = await testDatabase()
  const page = readPage({ text, claimedLang: 'en' })
  if (!page.ok) throw new Error(page.why)
  const days = { startsOn: told.startsOn ?? null, endsOn: told.endsOn ?? null }
  const input = { page, source: told.source ?? source, textHash: hashText(text), original: text, ...days }
  const saved = await savePage(kysely, input, now)
  if (!saved.ok) throw new Error(saved.problem)
  return saved
}

async function open() {
  const { kysely } = await testDatabase()
  const handles = handlesOf(kysely)
  const read = async (id: string) => {
    const record = (await loadRecords(handles.records, [id])).get(id)
    const [seminar] = await readSeminarRows(handles.seminars, [id])
    const sessions = await listSessionRows(handles.seminars, [id])
    const records = await loadRecords(
      handles.records,
      sessions.map((session) => session.id),
    )
    const titles = sessions.map((session) => records.get(session.id)?.texts['title']?.[0]?.value)
    return { record, seminar, sessions, titles, materials: await listMaterialRows(handles.seminars, [id]) }
  }
  const counts = async () => {
    const ids = await kysely.selectFrom('record').select('kind').orderBy('kind').execute()
    return ids.map((row) => row.kind)
  }
  return { kysely, ...handles, read, counts }
}

test('a page becomes a draft with its sessions and links, which the public does not see, and its own words are kept', async () => {
  const text = aPage()
  const saved = await importPage(text)
  const { read, records, kysely } = await open()
  const { record, seminar, sessions, titles, materials } = await read(saved.id)

  expect(saved.outcome).toBe('made')
  expect([record?.status, seminar?.starts_on, seminar?.ends_on]).toEqual(['draft', '2022-05-24', '2022-05-25'])
  expect(titles).toEqual(['Access to care', 'Mental health'])
  expect(sessions.map((session) => session.number)).toEqual([1, 2])
  expect(materials.map(({ kind, lang, url }) => ({ kind, lang, url }))).toEqual([
    { kind: 'recording', lang: 'en', url: 'https://example.org/recording' },
  ])
  const shown = await records
    .selectFrom('record')
    .select('id')
    .where('id', 'in', visibleIds(records, 'seminar', aReader()))
    .execute()
  expect(shown).toEqual([])
  expect(await kysely.selectFrom('imported_page').select(['seminar_id', 'source', 'original']).execute()).toEqual([
    { seminar_id: saved.id, source, original: text },
  ])
})

test('what the page leaves open is told each time, never taken silently', async () => {
  const told = (await importPage(aPage())).assumed.map(({ what }) => what)
  expect(told).toContain('timeZone')
  expect((await importPage(aPage())).assumed.map(({ what }) => what)).toEqual(told)
})

test('the same page twice changes nothing and makes nothing', async () => {
  const first = await importPage(aPage())
  const { counts, kysely } = await open()
  const before = await counts()
  const versions = await kysely.selectFrom('record').select(['id', 'version']).orderBy('id').execute()

  expect(await importPage(aPage())).toMatchObject({ id: first.id, outcome: 'unchanged', kept: [] })
  expect(await counts()).toEqual(before)
  expect(await kysely.selectFrom('record').select(['id', 'version']).orderBy('id').execute()).toEqual(versions)
})

test('a page that changed brings its draft up to date: text, dates, a new session, a new link', async () => {
  const first = await importPage(aPage())
  const objectives = 'To share what worked in eight countries, and to agree on what to do next about it.'
  const links =
    '[Recording in English](https://example.org/recording)\n\n[Agenda in French](https://example.org/agenda.pdf)'
  const sessions = ['1. Access to care', '2. Mental health and care', '3. Referral']
  const again = await importPage(aPage({ dates: '25 - 26 May 2022', objectives, sessions, links }))
  const { read } = await open()
  const { record, seminar, titles, materials } = await read(first.id)

  expect(again).toMatchObject({ id: first.id, outcome: 'updated', kept: [] })
  expect([seminar?.starts_on, seminar?.ends_on]).toEqual(['2022-05-25', '2022-05-26'])
  expect(record?.texts['objectives']?.map((text) => text.value)).toEqual([objectives])
  expect(titles).toEqual(['Access to care', 'Mental health and care', 'Referral'])
  expect(materials.map(({ kind, lang, url }) => ({ kind, lang, url }))).toEqual([
    { kind: 'recording', lang: 'en', url: 'https://example.org/recording' },
    { kind: 'agenda', lang: 'fr', url: 'https://example.org/agenda.pdf' },
  ])
})

test('what somebody edited stays and is named; the rest follows the page', async () => {
  const { id } = await importPage(aPage())
  const { records, seminars, read } = await open()
  const [session] = (await read(id)).sessions
  const byHand = 'Objectives as the editor put them, which no import may take away again.'
  await saveText(records, id, { field: 'objectives', lang: 'en', body: byHand }, deed)
  await updateSeminar(seminars, id, { ends_on: '2022-05-27' })
  await updateSession(seminars, session?.id ?? '', { minutes: 45 })

  const changed = { dates: '23 - 25 May 2022', objectives: 'Something else altogether that the site says by now.' }
  const again = await importPage(aPage({ ...changed, sessions: ['1. Access to good care', '2. Mental health'] }))
  const { record, seminar, sessions, titles } = await read(id)

  expect(again.outcome).toBe('updated')
  expect(again.kept).toEqual(['objectives', 'starts_on', 'ends_on', 'session 1: minutes'])
  expect(record?.texts['objectives']?.map((text) => text.value)).toEqual([byHand])
  expect([seminar?.starts_on, seminar?.ends_on, sessions[0]?.minutes]).toEqual(['2022-05-24', '2022-05-27', 45])
  expect(titles).toEqual(['Access to good care', 'Mental health'])
})

test('a session that the page holds under the Chatham House Rule is marked so, and no later page takes the mark off', async () => {
  const sessions = ['1. Access to care', '2. Mental health (Chatham House Rule applies)']
  const { id, assumed } = await importPage(aPage({ sessions }))
  const { read, seminars } = await open()
  const rules = async () => (await read(id)).sessions.map((session) => session.isChathamHouse)

  expect(await rules()).toEqual([false, true])
  expect(assumed.map(({ why }) => why).join()).not.toContain('Chatham House')
  expect((await importPage(aPage({ sessions }))).outcome).toBe('unchanged')
  await importPage(aPage({ sessions: ['1. Access to care', '2. Mental health'] }))
  expect(await rules()).toEqual([false, true])

  const [, second] = (await read(id)).sessions
  await updateSession(seminars, second?.id ?? '', { chatham_house: false })
  await importPage(aPage())
  const again = await importPage(aPage({ sessions: [...sessions, '3. Referral, under the Chatham House Rule'] }))
  expect([again.kept, await rules()]).toEqual([[], [false, true, true]])
  await updateSession(seminars, second?.id ?? '', { chatham_house: false })
  const third = await importPage(aPage({ title: 'Other title', sessions: [...sessions, '3. Referral'] }))
  expect([third.kept, await rules()]).toEqual([['session 2: chatham_house'], [false, false, true]])
})

test('a page that speaks of the Chatham House Rule for no session in particular holds all of them under it, and says so', async () => {
  const objectives = 'To talk openly about what did not work. The seminar is held under the Chatham House Rule.'
  const { id, assumed } = await importPage(aPage({ objectives }))
  const { read } = await open()

  expect((await read(id)).sessions.map((session) => session.isChathamHouse)).toEqual([true, true])
  expect(assumed.map(({ why }) => why)).toContain(
    'The page speaks of the Chatham House Rule and does not say for which session; it was taken for all of them.',
  )
})

test('what the page has no longer stays in the draft, and the person is told', async () => {
  const { id } = await importPage(aPage())
  const again = await importPage(aPage({ sessions: ['1. Access to care'], links: 'To follow.' }))
  const { read } = await open()

  expect((await read(id)).titles).toEqual(['Access to care', 'Mental health'])
  expect(again.assumed.map(({ why }) => why)).toEqual(
    expect.arrayContaining([
      'The page has no session 2; the draft keeps it.',
      'The page has no link to https://example.org/recording; the draft keeps it.',
    ]),
  )
})

test('a link that somebody removed does not come back', async () => {
  const { id } = await importPage(aPage())
  const { kysely, read } = await open()
  await kysely.deleteFrom('material').where('seminar_id', '=', id).execute()

  await importPage(aPage({ objectives: 'Other words for the objectives, so that the page is no longer the same.' }))
  expect((await read(id)).materials).toEqual([])
})

test('two sessions with one number both find a place, and find it again', async () => {
  const { id } = await importPage(aPage({ sessions: ['1. Access to care', '1. Mental health', '2. Referral'] }))
  const { read } = await open()
  const { sessions, titles } = await read(id)

  expect(sessions.map((session) => session.number)).toEqual([1, 2, 3])
  expect(titles).toEqual(['Access to care', 'Mental health', 'Referral'])
  expect(
    (await importPage(aPage({ sessions: ['1. Access to care', '1. Mental health', '2. Referral'] }))).outcome,
  ).toBe('unchanged')
})

test('a page that was moved is known by its words, and by its place when its words change after that', async () => {
  const first = await importPage(aPage())
  const moved = await importPage(aPage(), { source: '/elsewhere/page.txt' })
  const edited = await importPage(aPage({ sessions: ['1. Care'] }), { source: '/elsewhere/page.txt' })

  expect([moved.id, edited.id]).toEqual([first.id, first.id])
})

test('another page under the same file name becomes a seminar of its own', async () => {
  const other = aPage({ title: 'Webinar on return counselling', dates: '3 October 2023' })
  const first = await importPage(aPage())
  const second = await importPage(other)

  expect(second.id).not.toBe(first.id)
  expect(second.outcome).toBe('made')
  expect(second.assumed.map(({ why }) => why)).toContain(
    `This file held another page before, which became ${first.id}; this one became a seminar of its own.`,
  )
  expect([(await importPage(other)).id, (await importPage(aPage())).id]).toEqual([second.id, first.id])
})

test('a page without a day needs one from the person, whose word also counts later', async () => {
  const { kysely, counts, read } = await open()
  const text = aPage({ dates: 'To be announced' })
  const page = readPage({ text, claimedLang: 'en' })
  if (!page.ok) throw new Error(page.why)
  const input = { page, source, textHash: hashText(text), original: text, startsOn: null, endsOn: null }
  expect(await savePage(kysely, input, now)).toEqual({ ok: false, problem: 'no-date' })
  expect(await counts()).toEqual([])

  const { id } = await importPage(text, { startsOn: '2022-05-24', endsOn: '2022-05-25' })
  expect((await importPage(text)).outcome).toBe('unchanged')
  expect((await importPage(text, { startsOn: '2022-06-01' })).outcome).toBe('updated')
  const { seminar } = await read(id)
  expect([seminar?.starts_on, seminar?.ends_on]).toEqual(['2022-06-01', '2022-06-01'])
})
