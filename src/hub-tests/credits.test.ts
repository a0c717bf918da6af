import { expect, test } from 'vitest'
import { eraseUser } from '#features/accounts/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { saveText } from '#features/records/index.ts'
import { countQueries } from '#platform/db/index.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { aRecord } from '#testing/makers.ts'
import { interfaceLanguages, openHub, type SignedIn, type TestHub } from '#testing/hub.ts'

const name = 'Zénobie Quillon'
const at = '2026-11-24T09:00:00.000Z'
const agree = async (person: SignedIn, ...chosen: string[]) =>
  person.post('/en/account/privacy', { 'consent[]': chosen })

/** A programme written in German, translated into every language of the interface: each field by whoever is named. */
async function aProgramme(hub: TestHub, authors: { name: string; summary: string }, visibility = 'public') {
  const texts = { name: { de: 'Name' }, summary: { de: 'Summary' } }
  const id = await aRecord(hub.kysely, 'programme', texts, { sourceLang: 'de', visibility, slugs: { de: 'quelle' } })
  const { records, directory } = handlesOf(hub.kysely)
  await directory.insertInto('programme').values({ id, from_year: null, to_year: null }).execute()
  await records.transaction().execute(async (tx) => {
    for (const field of ['name', 'summary'] as const) {
      for (const lang of interfaceLanguages) {
        await saveText(tx, id, { field, lang, body: `${field} ${lang}` }, { actor: authors[field], at })
      }
    }
  })
  hub.forget()
  return (lang: string) => `/${lang}/programmes/quelle`
}

/** The line about translators of a page that answers 200, as it is written; null: none. */
async function creditOf(reader: Pick<TestHub, 'get'>, path: string): Promise<string | null> {
  const answer = await reader.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return /<p class="quiet">([^<]*<bdi>.*?)<\/p>/.exec(await answer.text())?.[1] ?? null
}

const kinds = ['hub', 'seminar', 'session', 'series', 'programme', 'organisation', 'person', 'concept'] as const

/** A page of every kind with French translations, and the agenda of the seminar. */
async function pagesInFrench(hub: TestHub): Promise<{ ids: string[]; paths: string[] }> {
  const rows = await hub.kysely
    .selectFrom('record')
    .innerJoin('record_text', 'record_text.record_id', 'record.id')
    .select(['id', 'kind'])
    .distinctOn('kind')
    .where('lang', '=', 'fr')
    .where('state', '=', 'current')
    .where('kind', 'in', kinds)
    .where('field', 'not in', ['short', 'alt', 'tagline'])
    .orderBy('kind')
    .orderBy('id')
    .execute()
  expect(rows.map((row) => row.kind)).toEqual(kinds.toSorted())
  const paths: string[] = []
  for (const { id, kind } of rows) {
    const to = (await hub.get(`/r/${id}`, { 'accept-language': 'fr' })).headers.get('location')
    paths.push(...(kind === 'seminar' ? [`${to}`, `${to}/agenda`] : [`${to}`]))
  }
  return { ids: rows.map((row) => row.id), paths }
}

test('a translator is named where they agreed to it, on every page that shows their translation and nowhere else', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const person = await hub.as([{ role: 'translator', scope: 'fr' }], { name })
  const { ids, paths } = await pagesInFrench(hub)
  await hub.kysely
    .updateTable('record_text')
    .set({ updated_by: person.actor.id })
    .where('lang', '=', 'fr')
    .where('state', '=', 'current')
    .execute()
  const seminar = paths.find((path) => /^\/fr\/seminars\/[^/]+$/.test(path)) ?? ''
  const machines = [
    ...['seminars', 'sessions', 'programmes', 'organisations', 'schemes', 'concepts'].map(
      (one) => `/api/v1/${one}?lang=fr`,
    ),
    ...ids.map((id) => `/api/v1/records/${id}?lang=fr`),
    '/fr/feed.atom',
    '/fr/calendar.ics',
    '/sitemap.xml',
    '/vocabularies/theme.ttl',
    '/vocabularies/theme.jsonld',
    ...['.ics', '/schedule.json', '/schedule.xml'].map((one) => seminar + one),
  ]
  /** Where there is a word of the translator, in what everybody may read. */
  const named = async () => {
    const found: string[] = []
    for (const path of [...paths, ...machines]) {
      const answer = await hub.get(path, { accept: '*/*' })
      expect([path, answer.status]).toEqual([path, 200])
      const text = await answer.text()
      expect(text).not.toContain(person.actor.id)
      expect(text).not.toContain('person1@hub.example')
      if (text.includes('Quillon')) found.push(path)
    }
    return found
  }
  expect(await named()).toEqual([])
  await agree(person, 'directory', 'recording', 'mail')
  expect(await creditOf(hub, seminar)).toBe(null)
  await agree(person, 'credit')
  expect(await named()).toEqual(paths)
  const html = await (await hub.get(seminar)).text()
  expect(html).toContain(`<p class="quiet">Traduit par <bdi>${name}</bdi></p>`)
  expect(await findMarkupFaults(html)).toEqual([])
  const own = (await hub.get(`/r/${ids.find((id) => id.startsWith('sem_'))}`)).headers.get('location')
  expect(await creditOf(hub, `${own}`)).toBe(null)

  // Kept pages follow what somebody decides at once, and what they call themselves.
  await person.post('/en/account', { name: 'Zed Quillon', lang: 'en' })
  expect(await creditOf(hub, seminar)).toBe('Traduit par <bdi>Zed Quillon</bdi>')
  await agree(person, 'mail')
  expect(await named()).toEqual([])
})

test('names are listed as each language lists them, and stay text whatever they hold', async () => {
  await using hub = await openHub()
  const [first, second] = [
    await hub.as(['translator'], { name: '<script>alert(1)</script>' }),
    await hub.as(['translator'], { name: '\u202Eadriana\u2069' }),
  ]
  const path = await aProgramme(hub, { name: first.actor.id, summary: second.actor.id })
  await agree(first, 'credit')
  await agree(second, 'credit')
  const lines: (string | null)[] = []
  for (const lang of interfaceLanguages) lines.push(await creditOf(hub, path(lang)))
  const [a, b] = ['<bdi>&lt;script>alert(1)&lt;/script></bdi>', '<bdi>\u202Eadriana\u2069</bdi>']
  expect(lines).toEqual([
    `Translated by ${a} and ${b}`,
    `Traduit par ${a} et ${b}`,
    `Traducido por ${a} y ${b}`,
    `ترجمة ${a} و${b}`,
    `Traduzido por ${a} e ${b}`,
  ])
  await agree(first)
  expect(await creditOf(hub, path('en'))).toBe(`Translated by ${b}`)
})

test('who wrote the original, and what no person translated, is not credited', async () => {
  await using hub = await openHub()
  const person = await hub.as(['editor'], { name })
  await agree(person, 'credit')
  const path = await aProgramme(hub, { name: 'seed', summary: person.actor.id })
  expect(await creditOf(hub, path('fr'))).toBe(`Traduit par <bdi>${name}</bdi>`)
  await hub.kysely.updateTable('record_text').set({ state: 'machine' }).where('lang', '=', 'fr').execute()
  await hub.kysely.updateTable('record_text').set({ updated_by: 'import' }).where('lang', '=', 'es').execute()
  await hub.kysely.updateTable('record_text').set({ updated_by: person.actor.id }).where('lang', '=', 'de').execute()
  const lines: (string | null)[] = []
  for (const lang of interfaceLanguages) lines.push(await creditOf(hub, path(lang)))
  const line = (words: string) => `${words} <bdi>${name}</bdi>`
  expect(lines).toEqual([line('Translated by'), null, null, line('ترجمة'), line('Traduzido por')])
})

test('a page for members names translators to members, and asks once more of the database for it', async () => {
  await using hub = await openHub()
  const [translator, member] = [await hub.as(['translator'], { name }), await hub.as(['member'])]
  const path = await aProgramme(hub, { name: 'seed', summary: 'seed' }, 'members')
  const count = async () => (await countQueries(async () => member.get(path('pt')))).queries.length
  await count()
  const without = await count()
  await hub.kysely
    .updateTable('record_text')
    .set({ updated_by: translator.actor.id })
    .where('lang', '=', 'pt')
    .execute()
  expect(await creditOf(member, path('pt'))).toBe(null)
  await agree(translator, 'credit')
  expect(await creditOf(member, path('pt'))).toBe(`Traduzido por <bdi>${name}</bdi>`)
  expect(await count()).toBe(without + 1)
  expect((await hub.get(path('pt'))).status).toBe(404)
})

test.each([
  ['name', ['credit'], `Translated by <bdi>${name}</bdi>`],
  ['name', ['directory'], null],
  ['former', ['credit'], null],
] as const)(
  'who erases their account and leaves “%s”, having agreed to %s, is named so: %s',
  async (keep, chosen, line) => {
    await using hub = await openHub({ cache: true })
    const person = await hub.as(['translator'], { name })
    const path = await aProgramme(hub, { name: person.actor.id, summary: 'seed' })
    await agree(person, ...chosen)
    const before = await creditOf(hub, path('en'))
    expect(before).toBe(chosen[0] === 'credit' ? `Translated by <bdi>${name}</bdi>` : null)
    expect(await eraseUser(hub.accountDeps, person.actor, person.actor.id, keep)).toEqual({ ok: true })
    expect(await creditOf(hub, path('en'))).toBe(line)
    const kept = await hub.kysely.selectFrom('consent').select('purpose').execute()
    expect(kept).toEqual(line === null ? [] : [{ purpose: 'credit' }])
  },
)
