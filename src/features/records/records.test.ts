import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { aReader, aRecord, deed } from '#testing/makers.ts'
import type { HubTables } from '../../schema.ts'
import { languageStates, kindOf, kindOfId, pickText, textState, type Texts } from './domain.ts'
import { idFor, newId, slugify } from './identity.ts'
import {
  alternatesFor,
  changeSlug,
  findBySlug,
  hrefFor,
  idsWithConcept,
  insertRecords,
  listIds,
  loadRecords,
  nameFor,
  readHubVersion,
  readLinks,
  saveText,
  setStatus,
  type RecordDb,
  type RecordTables,
} from './index.ts'

let hub: Kysely<HubTables>
let db: RecordDb

const readTexts = async (id: string) => (await loadRecords(db, [id])).get(id)?.texts

beforeEach(async () => {
  hub = (await testDatabase()).kysely
  await resetDatabase()
  db = hub.$pickTables<keyof RecordTables>()
})

describe('text states', () => {
  test('a translation falls behind when its source is rewritten, and is current again when it is saved anew', async () => {
    const id = await aRecord(hub, 'seminar', { title: { en: 'Hope', fr: 'Espoir', ar: 'أمل' } })
    expect((await readTexts(id))?.['title']).toEqual([
      { lang: 'en', state: 'source', value: 'Hope' },
      { lang: 'ar', state: 'current', value: 'أمل' },
      { lang: 'fr', state: 'current', value: 'Espoir' },
    ])

    await saveText(db, id, { field: 'title', lang: 'en', body: 'Great hope' }, deed)
    await saveText(db, id, { field: 'title', lang: 'fr', body: 'Grand espoir' }, deed)

    expect((await readTexts(id))?.['title']).toEqual([
      { lang: 'en', state: 'source', value: 'Great hope' },
      { lang: 'ar', state: 'behind', value: 'أمل' },
      { lang: 'fr', state: 'current', value: 'Grand espoir' },
    ])
  })

  test('a machine text stays one until a person saves it, even with the same words', async () => {
    const id = await aRecord(hub, 'seminar', { title: { en: 'Hope' } })
    await saveText(db, id, { field: 'title', lang: 'pt', body: 'Esperança', state: 'machine' }, deed)
    const state = async () => (await readTexts(id))?.['title']?.find((text) => text.lang === 'pt')?.state
    expect(await state()).toBe('machine')

    expect(await saveText(db, id, { field: 'title', lang: 'pt', body: 'Esperança' }, deed)).toBe(true)
    expect(await state()).toBe('current')
    expect(await saveText(db, id, { field: 'title', lang: 'pt', body: 'Esperança' }, deed)).toBe(false)
  })

  test('the state follows from what is stored and the hash of the source', () => {
    expect(textState('source', 'a', 'b')).toBe('source')
    expect(textState('machine', 'a', 'b')).toBe('machine')
    expect(textState('current', 'a', 'a')).toBe('current')
    expect(textState('current', 'a', 'b')).toBe('behind')
    expect(textState('current', 'a', null)).toBe('current')
  })

  test('a field that only a translation has is its own source there', async () => {
    const id = await aRecord(hub, 'seminar', { title: { en: 'Hope' }, note: { fr: 'Une note' } })
    expect((await readTexts(id))?.['note']).toEqual([{ lang: 'fr', state: 'source', value: 'Une note' }])
  })
})

describe('reading in a language', () => {
  const texts: Texts = {
    title: [
      { lang: 'fr', state: 'source', value: 'Titre' },
      { lang: 'ar', state: 'behind', value: 'عنوان' },
    ],
    summary: [{ lang: 'fr', state: 'source', value: 'Résumé' }],
  }

  test('the first language of the chain that has the text wins, then the source, then any', () => {
    expect(pickText(texts['title'], ['en', 'ar'])?.value).toBe('عنوان')
    expect(pickText(texts['title'], ['en'])?.value).toBe('Titre')
    expect(pickText([{ lang: 'ar', state: 'current', value: 'x' }], ['en'])?.value).toBe('x')
    expect(pickText(undefined, ['en'])).toBeNull()
    expect(pickText([], ['en'])).toBeNull()
  })

  test('a record exists in the languages of its title; the worst state of its texts counts, and what is missing', () => {
    expect(languageStates(kindOf('seminar'), texts, 'fr')).toEqual([
      { lang: 'fr', state: 'source', missing: 0 },
      { lang: 'ar', state: 'behind', missing: 1 },
    ])
  })

  test('a language that a machine wrote in says so, and nothing named is in no language', () => {
    const machine: Texts = {
      title: [
        { lang: 'fr', state: 'source', value: 'Titre' },
        { lang: 'pt', state: 'current', value: 'Título' },
        { lang: 'es', state: 'current', value: 'Título' },
      ],
      format: [{ lang: 'pt', state: 'machine', value: 'Formato' }],
    }
    expect(languageStates(kindOf('seminar'), machine, 'fr')).toEqual([
      { lang: 'fr', state: 'source', missing: 0 },
      { lang: 'pt', state: 'machine', missing: 0 },
      { lang: 'es', state: 'current', missing: 0 },
    ])
    expect(languageStates(kindOf('seminar'), {}, 'fr')).toEqual([])
  })

  test('an id tells its kind', () => {
    expect(kindOfId('sem_0123')?.kind).toBe('seminar')
    expect(kindOfId('nonsense')).toBeNull()
  })
})

describe('addresses', () => {
  test('a page has one address per language and falls back to the source’s', async () => {
    const id = await aRecord(hub, 'seminar', { title: { en: 'Coming Home: a seminar', fr: 'Rentrer chez soi' } })
    const record = (await loadRecords(db, [id])).get(id)
    if (!record) throw new Error('The record is not there')

    expect(hrefFor(record, 'en')).toBe('/en/seminars/coming-home-a-seminar')
    expect(hrefFor(record, 'fr')).toBe('/fr/seminars/rentrer-chez-soi')
    expect(hrefFor(record, 'ar')).toBe('/ar/seminars/coming-home-a-seminar')
    expect(alternatesFor(record)).toEqual({
      en: '/en/seminars/coming-home-a-seminar',
      fr: '/fr/seminars/rentrer-chez-soi',
    })
    expect(nameFor(record, aReader('fr'))).toEqual({ lang: 'fr', state: 'current', value: 'Rentrer chez soi' })
  })

  test('an old address keeps leading to its record, and another record never takes it', async () => {
    const first = await aRecord(hub, 'seminar', { title: { en: 'Hope' } })
    await changeSlug(db, first, 'en', 'Great hope', deed)
    const second = await aRecord(hub, 'seminar', { title: { en: 'Hope' } })

    expect(await findBySlug(db, 'seminar', 'hope', 'en')).toBe(first)
    expect(await findBySlug(db, 'seminar', 'great-hope', 'en')).toBe(first)
    expect(await findBySlug(db, 'seminar', 'hope-2', 'en')).toBe(second)
    expect(await changeSlug(db, second, 'en', 'hope', deed)).toBe('hope-2')
    expect(await changeSlug(db, first, 'en', 'hope', deed)).toBe('hope')
    expect(await findBySlug(db, 'seminar', 'nowhere', 'en')).toBeNull()
    expect(await findBySlug(db, 'person', 'hope', 'en')).toBeNull()
  })

  test.each([
    ['Réintégration durable : l’œuvre', 'reintegration-durable-l-oeuvre'],
    ['  Ça et là — 2021! ', 'ca-et-la-2021'],
    ['إعادة الإدماجُ المستدامة', 'إعادة-الإدماج-المستدامة'],
    ['Straße', 'strasse'],
    ['!!!', ''],
    ['long '.repeat(40), Array.from({ length: 16 }, () => 'long').join('-')],
    ['x'.repeat(200), 'x'.repeat(80)],
  ])('the slug of %j', (title, slug) => {
    expect(slugify(title)).toBe(slug)
  })

  test('ids of one kind sort by age, and the same key has the same id for life', () => {
    const older = newId('seminar', '2021-12-01T00:00:00Z')
    expect(older < newId('seminar', '2021-12-01T00:00:01Z')).toBe(true)
    expect(older).toMatch(/^sem_[0-9a-z]{24}$/)
    expect(idFor('seminar', 'x')).toBe(idFor('seminar', 'x'))
    expect(idFor('seminar', 'x')).not.toBe(idFor('seminar', 'y'))
  })
})

describe('publish and withdraw', () => {
  test('only published records for one’s audience are listed', async () => {
    const open = await aRecord(hub, 'programme', { name: { en: 'Open' } })
    await aRecord(hub, 'programme', { name: { en: 'Draft' } }, { status: 'draft' })
    const members = await aRecord(hub, 'programme', { name: { en: 'Members' } }, { visibility: 'members' })

    expect(await listIds(db, 'programme', aReader())).toEqual([open])
    const member = { ...aReader(), audience: ['public', 'members'] }
    expect((await listIds(db, 'programme', member)).toSorted()).toEqual([open, members].toSorted())

    await setStatus(db, open, 'withdrawn', deed)
    expect(await listIds(db, 'programme', aReader())).toEqual([])
  })

  test('what the public sees moves the hub version on; a draft does not', async () => {
    const draft = await aRecord(hub, 'seminar', { title: { en: 'Draft' } }, { status: 'draft' })
    const before = await readHubVersion(db)
    await saveText(db, draft, { field: 'title', lang: 'en', body: 'Better draft' }, deed)
    expect(await readHubVersion(db)).toBe(before)

    await setStatus(db, draft, 'published', deed)
    expect(await readHubVersion(db)).toBe(before + 1)
    await setStatus(db, draft, 'published', deed)
    expect(await readHubVersion(db)).toBe(before + 1)
    await saveText(db, draft, { field: 'title', lang: 'en', body: 'Public' }, deed)
    expect(await readHubVersion(db)).toBe(before + 2)
  })

  test('the history holds who changed what, before and after', async () => {
    const id = await aRecord(hub, 'seminar', { title: { en: 'Hope' } }, { status: 'draft' })
    await saveText(db, id, { field: 'title', lang: 'en', body: 'Great hope' }, { actor: 'ada', at: deed.at })
    await setStatus(db, id, 'published', deed)

    const events = await db
      .selectFrom('record_event')
      .select(['verb', 'actor', 'lang', 'field', 'before', 'after'])
      .where('record_id', '=', id)
      .orderBy('id')
      .execute()
    expect(events).toEqual([
      { verb: 'create', actor: 'test', lang: null, field: null, before: null, after: null },
      { verb: 'edit', actor: 'ada', lang: 'en', field: 'title', before: 'Hope', after: 'Great hope' },
      { verb: 'publish', actor: 'test', lang: null, field: null, before: null, after: 'published' },
    ])
  })
})

describe('ties', () => {
  test('a link is read from both ends, and a tag leads to its records', async () => {
    const concept = await aRecord(hub, 'concept', { label: { en: 'Social' } })
    const programme = await aRecord(hub, 'programme', { name: { en: 'Programme' } })
    const seminar = await aRecord(
      hub,
      'seminar',
      { title: { en: 'Seminar' } },
      { links: [{ to: programme, relation: 'presents', note: 'session 2' }], concepts: [concept] },
    )

    const link = { from: seminar, to: programme, relation: 'presents', position: 0, note: 'session 2' }
    expect(await readLinks(db, [seminar])).toEqual([link])
    expect(await readLinks(db, [programme])).toEqual([link])
    const tagged = await db.selectFrom('record').select('id').where('id', 'in', idsWithConcept(db, concept)).execute()
    expect(tagged).toEqual([{ id: seminar }])
  })

  test('writing records again changes nothing', async () => {
    const texts = { title: { en: 'Hope' } }
    const id = await aRecord(hub, 'seminar', texts)
    const rows = [{ field: 'title', lang: 'en', body: 'Other' }]
    const made = await insertRecords(
      db,
      [{ id, kind: 'seminar', sourceLang: 'en', status: 'published', texts: rows }],
      deed,
    )
    expect([...made]).toEqual([])
    expect((await readTexts(id))?.['title']?.[0]?.value).toBe('Hope')
  })
})
