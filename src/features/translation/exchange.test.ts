import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { saveText } from '#features/records/index.ts'
import { countQueries } from '#platform/db/index.ts'
import { aRecord } from '#testing/makers.ts'
import { ensurePython } from '#testing/python.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { interfaceLanguages, openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { readXliff, type XliffRead } from './xliff/index.ts'

const now = '2026-11-24T09:00:00.000Z'
const desk = '/en/desk/translation'
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

async function write(hub: TestHub, id: string, lang: string, body: string, field = 'title') {
  const { records } = handlesOf(hub.kysely)
  await records.transaction().execute((tx) => saveText(tx, id, { field, lang, body }, { actor: 'usr_other', at: now }))
}

async function textOf(hub: TestHub, id: string, lang: string, field = 'title') {
  const row = await hub.kysely
    .selectFrom('record_text')
    .select(['body', 'state', 'updated_by'])
    .where('record_id', '=', id)
    .where('lang', '=', lang)
    .where('field', '=', field)
    .executeTakeFirst()
  return row?.body
}

async function exported(person: SignedIn, query: string): Promise<string> {
  const response = await person.get(`${desk}/export.xlf?${query}`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/xliff+xml; charset=utf-8'])
  return response.text()
}

async function send(person: SignedIn, text: string | Uint8Array<ArrayBuffer>, name = 'back.xlf'): Promise<Response> {
  const form = new FormData()
  form.set('file', new File([text], name))
  return person.post(`${desk}/exchange`, form)
}

/** Sends a file, looks at what it would do, has it done, and gives back both reports in plain words. */
async function bringIn(person: SignedIn, text: string): Promise<{ before: string; after: string }> {
  const sent = await send(person, text)
  const path = sent.headers.get('location') ?? ''
  expect([sent.status, path]).toEqual([303, expect.stringMatching(/\/desk\/translation\/imports\/[0-9a-f-]+$/)])
  const before = await (await person.get(path)).text()
  expect(await findMarkupFaults(before)).toEqual([])
  expect((await person.post(path, {})).status).toBe(303)
  return { before: plain(before), after: plain(await (await person.get(path)).text()) }
}

const mustRead = (text: string): XliffRead => {
  const read = readXliff(text)
  if (!read.ok) throw new Error(read.detail)
  return read
}

test('every text of the demonstration hub goes out and comes back as it was, in every language', async () => {
  await using hub = await openHub({ now, seeded: true })
  const editor = await hub.as(['editor'])
  for (const lang of interfaceLanguages.filter((one) => one !== 'en')) {
    const document = await exported(editor, `into=${lang}&from=en&what=all`)
    const read = mustRead(document)
    const rows = await hub.kysely
      .selectFrom('record_text as source')
      .leftJoin('record_text as text', (join) =>
        join
          .onRef('text.record_id', '=', 'source.record_id')
          .onRef('text.field', '=', 'source.field')
          .on('text.lang', '=', lang),
      )
      .select(['source.record_id as id', 'source.field', 'source.body', 'text.body as target'])
      .where('source.state', '=', 'source')
      .where('source.lang', '=', 'en')
      .execute()
    const stored = new Map(rows.map(({ id, field, body, target }) => [`${id} ${field}`, [body, target]]))
    const back = new Map(read.units.map((unit) => [`${unit.recordId} ${unit.field}`, [unit.source, unit.target]]))
    expect(back.size).toBeGreaterThan(300)
    expect(back).toEqual(stored)
    const sent = await send(editor, document)
    const report = plain(await (await editor.get(sent.headers.get('location') ?? '')).text())
    expect(report).toContain('No text would be written')
  }
})

test('an independent tool reads what goes out, changes it, and it comes back', async () => {
  await using hub = await openHub({ now })
  const translator = await hub.as([{ role: 'translator', scope: 'ar' }], { name: 'Agency' })
  const texts = { title: { en: 'Return & <reintegration> 🙂' }, summary: { en: 'One.\n\n- Two ]]>\n\u0085' } }
  const id = await aRecord(hub.kysely, 'seminar', texts)
  const document = await exported(translator, 'into=ar')
  const script = `
import sys, xml.etree.ElementTree as tree
x = '{urn:oasis:names:tc:xliff:document:2.0}'
root = tree.fromstring(sys.stdin.buffer.read())
for segment in root.iter(x + 'segment'):
    target = tree.SubElement(segment, x + 'target')
    target.text = 'ع ' + segment.find(x + 'source').text
    segment.set('state', 'translated')
sys.stdout.buffer.write(tree.tostring(root, encoding='utf-8', xml_declaration=True))`
  const changed = execFileSync(await ensurePython(), ['-c', script], { input: document, encoding: 'utf8' })

  const { before, after } = await bringIn(translator, changed)
  expect(before).toMatch(/2 texts would be written.*New 2/)
  expect(after).toMatch(/2 texts were written/)
  expect(await textOf(hub, id, 'ar')).toBe('ع Return & <reintegration> 🙂')
  const slugs = hub.kysely
    .selectFrom('record_slug')
    .select(['lang', 'slug'])
    .where('record_id', '=', id)
    .orderBy('lang')
  expect(await slugs.execute()).toEqual([
    { lang: 'ar', slug: 'ع-return-reintegration' },
    { lang: 'en', slug: 'return-reintegration' },
  ])
  expect(await textOf(hub, id, 'ar', 'summary')).toBe('ع One.\n\nع - Two ]]>\n\u0085')
  const page = plain(await (await translator.get(`${desk}/${id}/ar`)).text())
  expect(page).toContain('Translated by Agency')
})

test('what was changed here or at its source meanwhile is told, and nothing newer is overwritten', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const [kept, behind, taken] = [
    await aRecord(hub.kysely, 'seminar', { title: { en: 'First', fr: 'Premier' } }),
    await aRecord(hub.kysely, 'seminar', { title: { en: 'Second', fr: 'Second' } }),
    await aRecord(hub.kysely, 'seminar', { title: { en: 'Third', fr: 'Tiers' } }),
  ]
  const document = (await exported(editor, 'into=fr&what=all')).replaceAll(/<target>[^<]*</g, '<target>De l’agence<')
  await write(hub, kept, 'fr', 'Le premier')
  await write(hub, behind, 'en', 'The second')

  const { before, after } = await bringIn(editor, document)
  expect(before).toMatch(/2 texts would be written.*Replaced 1 .*Behind 1 .*Changed here meanwhile 1 /)
  expect(before).toMatch(/Changed here meanwhile: First .*In the file De l’agence Here Le premier/)
  expect(after).toMatch(/2 texts were written/)
  expect([await textOf(hub, kept, 'fr'), await textOf(hub, behind, 'fr'), await textOf(hub, taken, 'fr')]).toEqual([
    'Le premier',
    'De l’agence',
    'De l’agence',
  ])
  const table = plain(await (await editor.get(`${desk}?lang=fr&need=behind`)).text())
  expect(table).toMatch(/1 record .*De l’agence|1 record .*The second/)
})

test('what changes between the report and the deed stays as well', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aRecord(hub.kysely, 'seminar', { title: { en: 'First' } })
  const document = (await exported(editor, 'into=fr')).replace('</source>', '</source><target>Premier</target>')
  const path = (await send(editor, document)).headers.get('location') ?? ''
  expect(plain(await (await editor.get(path)).text())).toContain('1 text would be written')
  await write(hub, id, 'fr', 'Le tout premier')
  await editor.post(path, {})
  expect(plain(await (await editor.get(path)).text())).toMatch(/No text was written.*Changed here meanwhile/)
  await editor.post(path, {})
  expect(await textOf(hub, id, 'fr')).toBe('Le tout premier')
})

const unit = (field: string, target = '<target>X</target>') =>
  `<unit id="${field}"><segment><source>S</source>${target}</segment></unit>\n`

test('whatever cannot be taken is told with its line and unit, and the rest is', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const id = await aRecord(hub.kysely, 'seminar', {
    title: { en: 'First' },
    summary: { en: 'Short' },
    note: { fr: 'Un original' },
  })
  const gone = await aRecord(hub.kysely, 'seminar', { title: { en: 'Gone' } }, { status: 'withdrawn' })
  const document =
    `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="fr">\n` +
    `<file id="${id}">\n${unit('title').replace('>S<', '>First<')}${unit('summary', '')}${unit('colour')}${unit('note')}` +
    `${unit('format')}${unit('format')}${unit('objectives', '<target><ph id="1"/></target>')}</file>\n` +
    `<file id="${gone}">${unit('title')}</file><file id="sem_none">${unit('title')}</file></xliff>`
  const { before } = await bringIn(editor, document)
  expect(before).toMatch(
    /New 1 .*Not translated 1 .*An original 1 .*Unknown record 2 .*Unknown text 2 .*Twice in the file 1 /,
  )
  expect(before).toContain(`Line 5 of the file, unit colour of ${id}`)
  expect(before).toContain(`Line 8 of the file, unit format of ${id}`)
  expect(await textOf(hub, id, 'fr')).toBe('X')
  expect(await textOf(hub, id, 'fr', 'note')).toBe('Un original')
})

const refusals: [what: string, body: (whole: string) => string | Uint8Array<ArrayBuffer>, words: RegExp][] = [
  ['half a file', (whole) => whole.slice(0, whole.length / 2), /Line \d+: The file ends too early/],
  ['entities', (whole) => `<!DOCTYPE x [<!ENTITY a "b">]>${whole}`, /Line 1: .*declares a document type/],
  ['an unknown entity', (whole) => whole.replace('First', '&first;'), /Line 4: .*an entity .*: &amp;first;/],
  ['11 MB', () => 'x'.repeat(10_050_000), /more than 10 MB/],
  ['another language', (whole) => whole.replace('trgLang="fr"', 'trgLang="de"'), /do not write here: German/],
  ['other bytes', () => Uint8Array.of(255, 200, 3), /neither UTF-8 nor UTF-16/],
]

test.each(refusals)(
  'a file that cannot be read is refused with its place, and nothing is written: %s',
  async (_, spoil, words) => {
    await using hub = await openHub({ now })
    const editor = await hub.as(['editor'])
    await aRecord(hub.kysely, 'seminar', { title: { en: 'First' } })
    const response = await send(editor, spoil(await exported(editor, 'into=fr')))
    const html = await response.text()
    expect([response.status, plain(html)]).toEqual([422, expect.stringMatching(words)])
    expect(await findMarkupFaults(html)).toEqual([])
    expect(await hub.kysely.selectFrom('translation_import').select('id').execute()).toEqual([])
  },
)

test('a body beyond the limit is cut off, and a form without a file is told', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  expect((await send(editor, 'x'.repeat(11_000_000))).status).toBe(413)
  expect((await editor.post(`${desk}/exchange`, {})).status).toBe(422)
})

test('a translator sends and takes their own languages; others’ files are not theirs to see', async () => {
  await using hub = await openHub({ now })
  const [arabic, editor] = [await hub.as([{ role: 'translator', scope: 'ar' }]), await hub.as(['editor'])]
  await aRecord(hub.kysely, 'seminar', { title: { en: 'First' } })
  const french = await exported(editor, 'into=fr')
  expect((await arabic.get(`${desk}/export.xlf?into=fr`)).status).toBe(404)
  expect(plain(await (await send(arabic, french)).text())).toContain('do not write here: French')
  const path = (await send(editor, french)).headers.get('location') ?? ''
  expect([(await arabic.get(path)).status, (await arabic.post(path, {})).status]).toEqual([404, 404])
  expect([(await hub.get(path)).status, (await hub.get(`${desk}/exchange`)).status]).toEqual([303, 303])
  expect((await editor.get(`${desk}/imports/none`)).status).toBe(404)
  for (const bad of ['into=xx', 'into=fr&kind=x', 'into=fr&from=xx']) {
    expect([bad, (await editor.get(`${desk}/export.xlf?${bad}`)).status]).toEqual([bad, 404])
  }
})

test('one document has one source language, and nothing to do is no document', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const nothing = await editor.get(`${desk}/export.xlf?into=fr`)
  expect([nothing.status, plain(await nothing.text())]).toEqual([422, expect.stringMatching(/nothing to export/)])
  const id = await aRecord(hub.kysely, 'seminar', { title: { en: 'First' } })
  await aRecord(hub.kysely, 'seminar', { title: { es: 'Segundo' } }, { sourceLang: 'es' })
  const several = await editor.get(`${desk}/export.xlf?into=fr`)
  expect([several.status, plain(await several.text())]).toEqual([
    422,
    expect.stringMatching(/originals are in English and Spanish|Spanish and English/),
  ])
  expect(mustRead(await exported(editor, 'into=fr&from=es')).units.map(({ source }) => source)).toEqual(['Segundo'])
  expect(mustRead(await exported(editor, `into=fr&record=${id}`)).units.map(({ source }) => source)).toEqual(['First'])
})

test('the exchange is valid HTML in every language, and asks the database as often for one record as for three', async () => {
  const counts = []
  for (const records of [1, 3]) {
    await using hub = await openHub({ now, seeded: true })
    const editor = await hub.as(['editor'])
    for (let number = 0; number < records; number += 1)
      await aRecord(hub.kysely, 'seminar', { title: { en: `T${number}` } })
    const path = (await send(editor, await exported(editor, 'into=fr&from=en'))).headers.get('location') ?? ''
    await editor.get(path)
    const paths = [path, `${desk}/exchange`, `${desk}/export.xlf?into=fr&from=en`]
    const own = []
    for (const one of paths) own.push((await countQueries(async () => editor.get(one))).queries.length)
    counts.push(own)
    for (const lang of interfaceLanguages) {
      const html = await (await editor.get(`/${lang}/desk/translation/exchange`)).text()
      expect([lang, await findMarkupFaults(html)]).toEqual([lang, []])
    }
  }
  expect(counts[1]).toEqual(counts[0])
})
