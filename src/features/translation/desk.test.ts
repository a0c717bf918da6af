import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { kinds, saveText } from '#features/records/index.ts'
import { countQueries } from '#platform/db/index.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { interfaceLanguages, openHub, type SignedIn, type TestHub } from '#testing/hub.ts'

const now = '2026-11-24T09:00:00.000Z'

/** A programme written in French, with its translations. */
async function aProgramme(
  hub: TestHub,
  texts: Readonly<Record<string, string>>,
  more: Parameters<typeof aRecord>[3] = {},
) {
  const id = await aRecord(hub.kysely, 'programme', { name: texts }, { sourceLang: 'fr', ...more })
  await handlesOf(hub.kysely)
    .directory.insertInto('programme')
    .values({ id, from_year: '2017', to_year: null })
    .execute()
  return id
}

async function write(hub: TestHub, id: string, lang: string, body: string, field = 'name') {
  const { records } = handlesOf(hub.kysely)
  await records.transaction().execute((tx) => saveText(tx, id, { field, lang, body }, { actor: 'usr_other', at: now }))
}

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')

/** The words of a record's line in the table. */
async function lineOf(person: SignedIn, id: string, query = ''): Promise<string> {
  const html = await (await person.get(`/en/desk/translation${query}`)).text()
  const row = html.split('<tr>').find((part) => part.includes(`/${id}/`)) ?? ''
  return plain(`${row.split('</tr>', 1)[0]}`).trim()
}

/** What the editing page has in its form. */
async function formOf(person: SignedIn, path: string): Promise<Record<string, string>> {
  const html = await (await person.get(path)).text()
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value(?:="([^"]*)")?/g)]
  const areas = [...html.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)/g)]
  return Object.fromEntries([...fields, ...areas].map(([, name = '', value = '']) => [name, value]))
}

const published = async (hub: TestHub, lang: string) => plain(await (await hub.get(`/${lang}/programmes`)).text())

test('a source that changed leaves its translation behind; translated again, it is current in the table and on the page', async () => {
  await using hub = await openHub({ now })
  const translator = await hub.as([{ role: 'translator', scope: 'ar' }], { name: 'Leïla' })
  const id = await aProgramme(hub, { fr: 'Programme de retour', ar: 'برنامج العودة' })
  expect(await lineOf(translator, id)).toMatch(/برنامج العودة .*✓ Current/)

  await write(hub, id, 'fr', 'Programme de retour et de réintégration')
  expect(await lineOf(translator, id)).toMatch(/◐ Behind/)
  const path = `/en/desk/translation/${id}/ar`
  const page = await (await translator.get(path)).text()
  expect(page).toContain(
    'Programme de retour<ins><span class="unseen" lang="en">[added] </span> et de réintégration</ins>',
  )

  const form = await formOf(translator, path)
  const sent = await translator.post(path, { ...form, 'texts.name': 'برنامج العودة وإعادة الإدماج' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}?saved=1`])
  expect(await lineOf(translator, id)).toMatch(/✓ Current/)
  expect(await published(hub, 'ar')).toContain('برنامج العودة وإعادة الإدماج')
  expect(plain(await (await translator.get(`${path}?saved=1`)).text())).toMatch(
    /1 text is up to date now.*Translated by Leïla/,
  )
})

test('“still right” makes a text current without changing it, one or all of them', async () => {
  await using hub = await openHub({ now })
  const translator = await hub.as([{ role: 'translator', scope: 'en' }])
  const id = await aProgramme(hub, { fr: 'Aide au retour', en: 'Return assistance' })
  await write(hub, id, 'fr', 'Résumé', 'summary')
  await write(hub, id, 'en', 'Summary', 'summary')
  await write(hub, id, 'fr', 'L’aide au retour')
  await write(hub, id, 'fr', 'Le résumé', 'summary')
  const path = `/en/desk/translation/${id}/en`

  const form = await formOf(translator, path)
  expect((await translator.post(path, { ...form, right: 'name' })).headers.get('location')).toBe(`${path}?saved=1`)
  expect(await lineOf(translator, id)).toMatch(/◐ Behind/)
  expect((await translator.post(path, { ...form, right: '*' })).headers.get('location')).toBe(`${path}?saved=1`)
  expect(await lineOf(translator, id)).toMatch(/✓ Current/)
  expect((await formOf(translator, path))['texts.name']).toBe('Return assistance')
})

test('what a machine made says so, and becomes current only when a person says that it is right', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aProgramme(hub, { fr: 'Aide au retour' })
  const { records } = handlesOf(hub.kysely)
  const machine = { field: 'name', lang: 'es', body: 'Ayuda al retorno', state: 'machine' as const }
  await records.transaction().execute((tx) => saveText(tx, id, machine, { actor: 'machine', at: now }))
  const path = `/en/desk/translation/${id}/es`
  const form = await formOf(editor, path)

  await editor.post(path, form)
  expect(await lineOf(editor, id, '?lang=es&need=machine')).toMatch(/⚙ Machine/)
  await editor.post(path, { ...form, right: 'name' })
  expect(await lineOf(editor, id)).toMatch(/Ayuda al retorno.*✓ Current/)
})

test('two people at once: the second one is shown both, loses nothing, and may then save', async () => {
  await using hub = await openHub({ now })
  const [one, other] = [await hub.as(['editor'], { name: 'One' }), await hub.as(['editor'], { name: 'Other' })]
  const id = await aProgramme(hub, { fr: 'Aide au retour', en: 'Return help' })
  const path = `/en/desk/translation/${id}/en`
  const form = await formOf(other, path)
  await one.post(path, { ...form, 'texts.name': 'Return support' })

  const refused = await other.post(path, { ...form, 'texts.name': 'Return assistance' })
  const html = await refused.text()
  expect(refused.status).toBe(409)
  expect(plain(html)).toMatch(/Nothing has been saved yet.*What stands there now Return support.*Written by One/)
  expect(html).toMatch(/<textarea[^>]*>Return assistance<\/textarea>/)
  expect(await findMarkupFaults(html)).toEqual([])

  const again = Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  expect((await other.post(path, { ...again, 'texts.name': 'Return assistance' })).status).toBe(303)
  expect(await published(hub, 'en')).toContain('Return assistance')
})

test('a source that changed while somebody wrote is told, with its changes', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aProgramme(hub, { fr: 'Aide au retour' })
  const path = `/en/desk/translation/${id}/pt`
  const form = await formOf(editor, path)
  await write(hub, id, 'fr', 'Aide à la réintégration')

  const refused = await editor.post(path, { ...form, 'texts.name': 'Ajuda ao regresso' })
  expect(refused.status).toBe(409)
  const html = await refused.text()
  expect(plain(html)).toMatch(/The original has changed meanwhile.*\[removed\] au retour/)
  expect(html).toContain('>Ajuda ao regresso</textarea>')
})

test('a text is not emptied, nor written where there is nothing to translate, nor beyond its length', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aProgramme(hub, { fr: 'Aide au retour', en: 'Return help' })
  const path = `/en/desk/translation/${id}/en`
  const form = await formOf(editor, path)
  const empty = await editor.post(path, { ...form, 'texts.name': ' ' })
  expect([empty.status, plain(await empty.text())]).toEqual([422, expect.stringMatching(/cannot be made empty/)])
  const stray = await editor.post(path, { ...form, 'texts.nothing': 'x', 'base.nothing': '', 'source.nothing': '' })
  expect(stray.status).toBe(409)
  const long = await editor.post(path, { ...form, 'texts.name': 'x'.repeat(200_001) })
  expect([long.status, plain(await long.text())]).toEqual([422, expect.stringMatching(/This is too long/)])
  expect((await formOf(editor, path))['texts.name']).toBe('Return help')
})

test('a translator writes their own languages; to everybody else there is no such page', async () => {
  await using hub = await openHub({ now })
  const arabic = await hub.as([{ role: 'translator', scope: 'ar' }])
  const member = await hub.as(['member', 'organiser'])
  const id = await aProgramme(hub, { fr: 'Aide au retour' })
  const withdrawn = await aProgramme(hub, { fr: 'Retiré' }, { status: 'withdrawn' })
  const form = { 'texts.name': 'x', 'base.name': '', 'source.name': '' }
  const statuses = async (person: Pick<SignedIn, 'get' | 'post'>, path: string) => [
    (await person.get(path)).status,
    (await person.post(path, form)).status,
  ]
  expect(await statuses(arabic, `/en/desk/translation/${id}/en`)).toEqual([404, 404])
  expect(await statuses(arabic, `/en/desk/translation/${id}/fr`)).toEqual([404, 404])
  expect(await statuses(arabic, `/en/desk/translation/${withdrawn}/ar`)).toEqual([404, 404])
  expect(await statuses(arabic, `/en/desk/translation/${id}/xx`)).toEqual([404, 404])
  expect(await statuses(arabic, '/en/desk/translation/prg_none/ar')).toEqual([404, 404])
  expect(await statuses(member, `/en/desk/translation/${id}/ar`)).toEqual([404, 404])
  expect(await statuses(hub, `/en/desk/translation/${id}/ar`)).toEqual([303, 303])
  expect((await arabic.get('/en/desk/translation/next?lang=fr')).status).toBe(404)
  for (const path of ['/en/desk/translation', '/en/desk/translation/next?lang=ar']) {
    expect([(await member.get(path)).status, (await hub.get(path)).status]).toEqual([404, 303])
  }
  const table = await (await arabic.get('/en/desk/translation')).text()
  expect(table).toContain(`/en/desk/translation/${id}/ar"`)
  expect(table).not.toContain(`/en/desk/translation/${id}/es"`)
})

test('the table is narrowed and ordered, and each way one goes on from the last', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const old = await aProgramme(hub, { fr: 'Ancien 100 %', en: 'Old' })
  const soon = await aSeminar(hub.kysely, { title: { en: 'Soon' }, startsOn: '2026-12-01', sessions: ['09:00–10:00'] })
  const read = await aProgramme(hub, { fr: 'Lu', en: 'Read', ar: 'مقروء', es: 'Leído', pt: 'Lido' })
  for (const path of ['old', 'read', 'read']) await hub.get(`/en/programmes/${path}`)
  await hub.flush()
  const order = async (query: string) => {
    const html = await (await editor.get(`/en/desk/translation${query}`)).text()
    const names = [...html.matchAll(/<th scope="row">([^<]*|<span[^>]*>[^<]*<\/span>)<small>/g)]
    return names.map(([, name = '']) => plain(name).trim())
  }
  expect(await order('')).toEqual(['Soon', 'Session 1', 'Read', 'Old'])
  expect(await order('?lang=ar&need=missing')).toEqual(['Soon', 'Session 1', 'Old'])
  expect(await order('?need=current')).toEqual(['Read'])
  expect(await order('?need=work&kind=programme')).toEqual(['Old'])
  expect(await order('?q=100%20%25')).toEqual(['Old'])
  expect(await order(`?q=${soon}`)).toEqual(['Soon'])
  expect(await order('?q=_')).toEqual([])
  expect(await order('?age=month')).toEqual(['Soon', 'Session 1', 'Read', 'Old'])
  expect((await order('?sort=age')).length).toBe(4)
  for (const bad of ['?kind=x', '?need=x', '?lang=xx', '?page=0', '?page=2', '?age=x', '?series=1']) {
    expect([bad, (await editor.get(`/en/desk/translation${bad}`)).status]).toEqual([bad, 404])
  }
  const next = async (query: string) =>
    (await editor.get(`/en/desk/translation/next?lang=${query}`)).headers.get('location')
  expect(await next('fr')).toBe(`/en/desk/translation/${soon}/fr`)
  expect(await next(`ar&after=${soon}`)).toMatch(/\/ses_/)
  expect(await next(`es&after=${old}`)).toBe(`/en/desk/translation/${soon}/es`)
  await write(hub, soon, 'pt', 'Em breve', 'title')
  expect(await next(`pt&after=${soon}`)).toMatch(/\/ses_/)
  expect(await next(`en&after=${read}`)).toBe('/en/desk/translation?done=en')
  expect(plain(await (await editor.get('/en/desk/translation?done=en')).text())).toContain(
    'Nothing is left to translate: English.',
  )
})

test('a record of every kind is found by its name', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  for (const { kind, fields } of kinds) await aRecord(hub.kysely, kind, { [fields[0].name]: { en: `Zq ${kind} here` } })
  for (const { kind } of kinds) {
    const html = plain(await (await editor.get(`/en/desk/translation?q=zq+${kind}`)).text())
    expect([kind, html]).toEqual([kind, expect.stringContaining(`Zq ${kind} here`)])
  }
})

test('a series narrows the table to its seminars with their parts', async () => {
  await using hub = await openHub({ now, seeded: true })
  const editor = await hub.as(['editor'])
  const series = await hub.kysely
    .selectFrom('series')
    .select('id')
    .where('contains', '=', 'seminar')
    .executeTakeFirstOrThrow()
  const { sessions } = await hub.kysely
    .selectFrom('session')
    .innerJoin('series_entry', 'series_entry.record_id', 'session.seminar_id')
    .select((select) => select.fn.countAll<number>().as('sessions'))
    .where('series_id', '=', series.id)
    .executeTakeFirstOrThrow()
  const html = await (await editor.get(`/en/desk/translation?series=${series.id}&kind=session`)).text()
  expect(sessions).toBeGreaterThan(3)
  expect(html.match(/<th scope="row">/g)?.length).toBe(sessions + interfaceLanguages.length)
})

test('the desk is valid HTML in every language, empty and full', async () => {
  for (const seeded of [false, true]) {
    await using hub = await openHub({ now, seeded })
    const editor = await hub.as(['editor'])
    const some = await hub.kysely
      .selectFrom('record')
      .select('id')
      .where('kind', '=', 'seminar')
      .orderBy('id')
      .executeTakeFirst()
    for (const lang of interfaceLanguages) {
      const paths = ['', ...(some ? [`/${some.id}/fr`, `/${some.id}/ar`] : [])]
      for (const path of paths) {
        const response = await editor.get(`/${lang}/desk/translation${path}`)
        expect([lang, path, response.status, await findMarkupFaults(await response.text())]).toEqual([
          lang,
          path,
          200,
          [],
        ])
      }
    }
  }
})

/** How many queries each page of the desk takes on a hub of so many records. */
async function countFor(records: number): Promise<number[]> {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const ids = []
  for (let number = 0; number < records; number += 1) {
    const id = await aProgramme(hub, { fr: `Retour ${number}`, en: `Return ${number}` })
    await write(hub, id, 'fr', `Le retour ${number}`)
    ids.push(id)
  }
  const paths = ['', '?q=ret&need=work&kind=programme', `/${ids[0]}/en`, `/next?lang=ar`]
  const counted = []
  for (const path of paths) {
    await editor.get(`/en/desk/translation${path}`)
    counted.push((await countQueries(async () => editor.get(`/en/desk/translation${path}`))).queries.length)
  }
  return counted
}

test('the database is asked as often for one record as for three', async () => {
  const forOne = await countFor(1)
  expect(await countFor(3)).toEqual(forOne)
  expect(Math.max(...forOne)).toBeLessThan(20)
})

const addressesOf = async (hub: TestHub, id: string) => {
  const rows = await hub.kysely
    .selectFrom('record_slug')
    .select(['lang', 'slug', 'current'])
    .where('record_id', '=', id)
    .orderBy('lang')
    .execute()
  return rows.map(({ lang, slug, current }) => `${lang} ${slug}${current ? '' : ' (former)'}`)
}

test('a title translated for the first time gives an address in its language, and a later one leaves it as it is', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aProgramme(hub, { fr: 'Programme de retour' })
  const path = `/en/desk/translation/${id}/es`
  await editor.post(path, { ...(await formOf(editor, path)), 'texts.name': 'Programa de retorno' })
  expect(await addressesOf(hub, id)).toEqual(['es programa-de-retorno', 'fr programme-de-retour'])
  expect((await hub.get('/es/programmes/programa-de-retorno')).status).toBe(200)

  await editor.post(path, { ...(await formOf(editor, path)), 'texts.name': 'Programa de regreso' })
  expect(await published(hub, 'es')).toContain('Programa de regreso')
  expect(await addressesOf(hub, id)).toEqual(['es programa-de-retorno', 'fr programme-de-retour'])
})

test('a translation of something else than the title, and a refused one, give no address', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aProgramme(hub, { fr: 'Retour' })
  await write(hub, id, 'fr', 'Un programme.', 'summary')
  const path = `/en/desk/translation/${id}/es`
  const form = await formOf(editor, path)
  expect((await editor.post(path, { ...form, 'texts.summary': 'Un programa.' })).status).toBe(303)
  await write(hub, id, 'fr', 'Retour et réintégration')
  expect((await editor.post(path, { ...form, 'texts.name': 'Retorno' })).status).toBe(409)
  expect(await addressesOf(hub, id)).toEqual(['fr retour'])
})
