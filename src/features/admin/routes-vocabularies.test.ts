import { array, assert, asyncProperty, constantFrom, record, string, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { interfaceLanguages, openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'

const prefixes = '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <https://other.example/v/> .\n'
const small = `${prefixes}
:field a skos:ConceptScheme ; skos:prefLabel "Fields"@en .
:health a skos:Concept ; skos:inScheme :field ; skos:prefLabel "Health"@en, "Santé"@fr ; skos:altLabel "Care"@en, "Medicine"@en .
:mental a skos:Concept ; skos:inScheme :field ; skos:prefLabel "Mental health"@en ; skos:broader :health .
`

async function send(
  person: SignedIn,
  file: string | Uint8Array<ArrayBuffer>,
  more: Readonly<Record<string, string>> = {},
) {
  const form = new FormData()
  form.set('file', new File([file], 'v.ttl'))
  for (const [name, value] of Object.entries({ do: 'import', ...more })) form.set(name, value)
  const answer = await person.post('/en/admin/vocabularies/import', form)
  return { status: answer.status, html: await answer.text() }
}

async function conceptsOf(hub: TestHub): Promise<Record<string, string>> {
  const rows = await hub.kysely.selectFrom('concept').select(['id', 'notation']).orderBy('position').execute()
  return Object.fromEntries(rows.map(({ id, notation }) => [notation, id]))
}

/** Everything that an import could change. */
async function everything(hub: TestHub) {
  const { kysely } = hub
  return Promise.all([
    kysely
      .selectFrom('record_text')
      .select(['record_id', 'field', 'lang', 'body', 'state'])
      .orderBy('record_id')
      .orderBy('field')
      .orderBy('lang')
      .execute(),
    kysely
      .selectFrom('record_link')
      .select(['from_id', 'to_id', 'relation'])
      .orderBy('from_id')
      .orderBy('to_id')
      .execute(),
    kysely.selectFrom('concept_match').selectAll().orderBy('concept_id').orderBy('iri').execute(),
    kysely.selectFrom('concept_area').selectAll().orderBy('concept_id').orderBy('m49').execute(),
    kysely.selectFrom('concept').selectAll().orderBy('id').execute(),
    kysely.selectFrom('record').select(['id', 'version', 'status']).orderBy('id').execute(),
  ])
}

test('a vocabulary from elsewhere is tried, then brought in by an editor, published, and known again', async () => {
  await using hub = await openHub({ cache: true })
  const editor = await hub.as(['editor'])

  const tried = await send(editor, small, { do: 'try' })
  expect([tried.status, await conceptsOf(hub)]).toEqual([200, {}])
  expect(tried.html).toContain('label fr')
  expect(await findMarkupFaults(tried.html)).toEqual([])

  expect((await send(editor, small, { publish: 'on' })).status).toBe(303)
  const page = await (await hub.get('/en/themes/field/mental')).text()
  expect(page).toContain('Mental health')
  expect(page).toContain('href="/en/themes/field/health"')
  const before = await everything(hub)
  expect((await send(editor, small)).status).toBe(303)
  expect(await everything(hub)).toEqual(before)
  const told = await hub.kysely.selectFrom('audit_event').select(['actor', 'deed', 'detail']).execute()
  expect(told).toEqual([{ actor: editor.actor.id, deed: 'vocabulary.import', detail: { added: 3, changed: 0 } }])
})

test('what is new is a draft unless said otherwise', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  await send(editor, small)
  expect((await hub.get('/en/themes/field')).status).toBe(404)
  const html = await (await editor.get('/en/admin/vocabularies/field')).text()
  expect(html.match(/Draft/g)?.length).toBe(3)
})

test(
  'every vocabulary of the demonstration hub, exported and imported, changes nothing',
  { timeout: 120_000 },
  async () => {
    await using hub = await openHub({ seeded: true })
    const admin = await hub.as(['admin'])
    const before = await everything(hub)
    const { items } = Object(await (await hub.get('/api/v1/schemes')).json())
    for (const { notation } of items) {
      for (const format of ['ttl', 'jsonld']) {
        const file = new Uint8Array(await (await hub.get(`/vocabularies/${notation}.${format}`)).arrayBuffer())
        const { status, html } = await send(admin, file)
        expect([notation, format, status, /<th scope="row">.*?<\/td>/.exec(html)?.[0]]).toEqual([
          notation,
          format,
          303,
          undefined,
        ])
      }
    }
    expect(await everything(hub)).toEqual(before)
    expect(await hub.kysely.selectFrom('audit_event').select('id').execute()).toEqual([])
  },
)

const quote = (text: string) => JSON.stringify(text)

test('whatever a vocabulary holds, exported and imported it is the same', { timeout: 120_000 }, async () => {
  const words = string({
    minLength: 1,
    maxLength: 20,
    unit: constantFrom(...'aé"\\\'<>{}٪ñ .,;\n\t'.split('')),
  }).filter((text) => text.trim() !== '')
  const term = record({
    notation: constantFrom('a', 'b', 'c-1', 'd', '7'),
    label: words.filter((text) => !text.includes('\n')),
    alt: array(
      words.filter((text) => !text.includes('\n')),
      { maxLength: 3 },
    ),
    definition: words,
    lang: constantFrom('en', 'fr', 'ar'),
  })
  await assert(
    asyncProperty(
      uniqueArray(term, { selector: ({ notation }) => notation, minLength: 1, maxLength: 5 }),
      async (terms) => {
        await using hub = await openHub()
        const admin = await hub.as(['admin'])
        const lines = terms.map(({ notation, label, alt, definition, lang }, at) => {
          const broader = terms[at - 1]
          const others = alt.map((one) => ` ; skos:altLabel ${quote(one)}@${lang}`).join('')
          const above = broader ? ` ; skos:broader :${broader.notation}` : ''
          return `:${notation} a skos:Concept ; skos:inScheme :v ; skos:prefLabel ${quote(label)}@${lang} ; skos:definition ${quote(definition)}@${lang}${others}${above} .`
        })
        const made = await send(
          admin,
          `${prefixes}:v a skos:ConceptScheme ; skos:prefLabel "V"@en .\n${lines.join('\n')}`,
          { publish: 'on' },
        )
        expect(made.status).toBe(303)
        const before = await everything(hub)
        for (const format of ['ttl', 'jsonld']) {
          const file = await (await hub.get(`/vocabularies/v.${format}`)).text()
          expect((await send(admin, file)).status).toBe(303)
          expect(await everything(hub)).toEqual(before)
        }
      },
    ),
    { numRuns: 15 },
  )
})

test('words change, languages the file is silent in stay, and translations of a changed source fall behind', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  await send(editor, small, { publish: 'on' })
  const { health = '' } = await conceptsOf(hub)

  await send(editor, small.replace('"Health"@en, "Santé"@fr', '"Health care"@en'))

  const texts = await hub.kysely
    .selectFrom('record_text')
    .select(['lang', 'body'])
    .where('record_id', '=', health)
    .where('field', '=', 'label')
    .orderBy('lang')
    .execute()
  expect(texts).toEqual([
    { lang: 'en', body: 'Health care' },
    { lang: 'fr', body: 'Santé' },
  ])
  expect(await (await hub.get('/vocabularies/field.ttl')).text()).toContain('prefLabel in fr: older than its source')
})

test.each([
  ['a ring of broader terms', `${small}:health skos:broader :mental .`, 'It would be broader than itself.'],
  [
    'a term of no vocabulary',
    `${small}:x a skos:Concept ; skos:inScheme :nowhere ; skos:prefLabel "X"@en .`,
    'It belongs to no vocabulary',
  ],
  [
    'a term of two',
    `${small}:g a skos:ConceptScheme .\n:mental skos:inScheme :g .`,
    'It belongs to several vocabularies.',
  ],
  ['a term without a name', `${small}:x a skos:Concept ; skos:inScheme :field .`, 'It has no name'],
  ['two names in one language', `${small}:health skos:prefLabel "H"@en .`, 'There are two in one language.'],
  ['a code twice', `${small}:Health a skos:Concept ; skos:inScheme :field ; skos:prefLabel "X"@en .`, 'the same code'],
  ['a broader term that is nowhere', `${small}:mental skos:broader :none .`, 'neither in the file nor in the hub'],
  [
    'no code to be made',
    `${small}:لا a skos:Concept ; skos:inScheme :field ; skos:prefLabel "X"@en .`,
    'No code can be made',
  ],
  ['an endless name', `${small}:health skos:definition "${'x'.repeat(20_001)}"@en .`, 'This text is too long.'],
  ['an error of syntax', `${small}:health skos:prefLabel "open`, 'Line 7:'],
  ['nothing of the kind', '<a> <b> <c> .', 'no SKOS vocabulary'],
])('a file with %s writes nothing and says why', async (_, file, message) => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const { status, html } = await send(editor, file)
  expect([status, html.includes(message)]).toEqual([422, true])
  expect(await findMarkupFaults(html)).toEqual([])
  expect(await conceptsOf(hub)).toEqual({})
})

test('fifty thousand statements are brought in', { timeout: 120_000 }, async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const terms = Array.from({ length: 10_000 }, (_, at) => {
    const above = at === 0 ? '' : ` ; skos:broader :t${Math.floor((at - 1) / 10)}`
    return `:t${at} a skos:Concept ; skos:inScheme :field ; skos:prefLabel "T ${at}"@en ; skos:definition "D ${at}"@en${above} .`
  })
  const file = `${prefixes}:field a skos:ConceptScheme ; skos:prefLabel "Fields"@en .\n${terms.join('\n')}`
  expect((await send(editor, file, { publish: 'on' })).status).toBe(303)
  expect(Object.keys(await conceptsOf(hub)).length).toBe(10_000)
})

test('a merged term is lost nowhere: tags, links, names, addresses, history', async () => {
  await using hub = await openHub({ cache: true })
  const editor = await hub.as(['editor'])
  await send(
    editor,
    `${small}:care a skos:Concept ; skos:inScheme :field ; skos:prefLabel "Caring"@en ; skos:related :mental ; skos:exactMatch <https://other.example/match> .
:nursing a skos:Concept ; skos:inScheme :field ; skos:prefLabel "Nursing"@en ; skos:broader :care .`,
    { publish: 'on' },
  )
  const { health = '', care = '', mental = '', nursing = '' } = await conceptsOf(hub)
  const both = await aSeminar(hub.kysely, { title: { en: 'Both' } })
  const one = await aSeminar(hub.kysely, { title: { en: 'One' } })
  await hub.kysely
    .insertInto('record_concept')
    .values([
      { record_id: both, concept_id: care, position: 0 },
      { record_id: both, concept_id: health, position: 1 },
      { record_id: one, concept_id: care, position: 0 },
    ])
    .execute()
  const asked = await (await editor.get(`/en/admin/vocabularies/merge/${care}`)).text()
  expect(await findMarkupFaults(asked)).toEqual([])

  const answer = await editor.post(`/en/admin/vocabularies/merge/${care}`, { into: health })

  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/admin/vocabularies?done=merged'])
  const tags = await hub.kysely
    .selectFrom('record_concept')
    .select(['record_id', 'concept_id'])
    .orderBy('record_id')
    .execute()
  expect(tags).toEqual([both, one].toSorted().map((record_id) => ({ record_id, concept_id: health })))
  const page = await (await hub.get('/en/themes/field/health')).text()
  for (const word of ['Caring', 'Nursing', 'Mental health', 'https://other.example/match', 'One'])
    expect(page).toContain(word)
  const former = await hub.get('/fr/themes/field/care')
  expect([former.status, former.headers.get('location')]).toEqual([301, '/fr/themes/field/health'])
  expect((await hub.get(`/r/${care}`, { 'accept-language': 'ar' })).headers.get('location')).toBe(
    '/ar/themes/field/health',
  )
  expect(await (await hub.get('/vocabularies/field.ttl')).text()).not.toContain('#care>')
  const events = await hub.kysely
    .selectFrom('record_event')
    .select(['record_id', 'verb', 'before', 'after'])
    .where('actor', '=', editor.actor.id)
    .where('verb', '=', 'link')
    .orderBy('id')
    .execute()
  expect(events).toContainEqual({ record_id: one, verb: 'link', before: care, after: health })
  expect(events).toContainEqual({ record_id: care, verb: 'link', before: null, after: health })

  // Merged again, it leads to the last.
  await editor.post(`/en/admin/vocabularies/merge/${health}`, { into: mental })
  expect((await hub.get('/en/themes/field/care')).headers.get('location')).toBe('/en/themes/field/mental')
  expect((await editor.post(`/en/admin/vocabularies/merge/${nursing}`, { into: care })).status).toBe(422)
})

test('a term is not merged into itself, into another vocabulary or far below itself', async () => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'])
  await send(
    editor,
    `${small}:deep a skos:Concept ; skos:inScheme :field ; skos:prefLabel "Deep"@en ; skos:broader :mental .`,
  )
  const { health = '', deep = '', mental = '' } = await conceptsOf(hub)
  const other = await hub.kysely
    .selectFrom('concept')
    .select('id')
    .where('id', '<>', health)
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const into of [health, other.id, deep, 'con_nothing', '']) {
    const { status } = await editor.post(`/en/admin/vocabularies/merge/${health}`, { into })
    expect([into, status]).toEqual([into, into === 'con_nothing' ? 404 : 422])
  }
  expect((await editor.post(`/en/admin/vocabularies/merge/${health}`, { into: mental })).status).toBe(303)
  const html = await (await editor.get('/en/admin/vocabularies/field')).text()
  expect([html.includes('Deep'), await findMarkupFaults(html)]).toEqual([true, []])
})

test('terms move among those beside them, vocabularies among each other', async () => {
  await using hub = await openHub({ cache: true })
  const editor = await hub.as(['editor'])
  await send(editor, `${small}:b a skos:Concept ; skos:inScheme :field ; skos:prefLabel "B"@en .`, { publish: 'on' })
  const { health = '', b = '' } = await conceptsOf(hub)
  const order = async () =>
    [...(await (await hub.get('/en/themes/field')).text()).matchAll(/\/en\/themes\/field\/(\w+)"/g)].map(
      ([, one]) => one,
    )
  expect(await order()).toEqual(['health', 'mental', 'b'])
  const moved = await editor.post('/en/admin/vocabularies/field', { move: `up:${b}` })
  expect([moved.status, await order()]).toEqual([303, ['b', 'health', 'mental']])
  for (const move of [`up:${b}`, `down:${health}`, 'up:con_none', 'left:con_1', '']) {
    expect((await editor.post('/en/admin/vocabularies/field', { move })).status).toBe(400)
  }
})

test('the pages are valid HTML and ask as often for one term as for many', async () => {
  await using hub = await openHub({ seeded: true })
  const admin = await hub.as(['admin'])
  for (const lang of interfaceLanguages) {
    for (const path of ['', '/import', '/theme']) {
      const html = await (await admin.get(`/${lang}/admin/vocabularies${path}`)).text()
      expect([lang, path, await findMarkupFaults(html)]).toEqual([lang, path, []])
    }
  }
  const ask = async (path: string) => {
    await admin.get(path)
    return (await countQueries(async () => admin.get(path))).queries.length
  }
  await send(admin, small)
  expect(await ask('/en/admin/vocabularies/field')).toBe(await ask('/en/admin/vocabularies/theme'))
  const id = await aRecord(hub.kysely, 'person', { name: { en: 'A' } })
  expect((await admin.get(`/en/admin/vocabularies/merge/${id}`)).status).toBe(404)
})
