import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertPublications } from '#features/library/index.ts'
import { newId, setStatus, touchRecord, writeVisibility } from '#features/records/index.ts'
import { aRecord, deed } from '#testing/makers.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { handlesOf } from '../handles.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ seeded: true })
})
afterAll(async () => {
  await hub[Symbol.asyncDispose]()
})

const many = ['record', 'header', 'set', 'setSpec', 'metadataFormat', 'dc:title', 'creator', 'title']
const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => many.includes(name), parseTagValue: false })

async function ask(of: TestHub, query: string) {
  const response = await of.get(`/oai?${query}`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8'])
  return parser.parse(await response.text(), true)['OAI-PMH']
}

test('the provider says who it is, what it speaks, and what it never forgets', async () => {
  const { Identify, request } = await ask(hub, 'verb=Identify')
  expect(Identify).toMatchObject({
    baseURL: `${hub.origin}/oai`,
    protocolVersion: '2.0',
    deletedRecord: 'persistent',
    granularity: 'YYYY-MM-DDThh:mm:ssZ',
  })
  expect(Identify.adminEmail).toContain('@')
  expect(request).toEqual({ '#text': `${hub.origin}/oai`, '@_verb': 'Identify' })
})

test.each([
  ['', 'badVerb'],
  ['verb=Identify&verb=Identify', 'badVerb'],
  ['verb=Sing', 'badVerb'],
  ['verb=Identify&x=1', 'badArgument'],
  ['verb=ListRecords', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=marc', 'cannotDisseminateFormat'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=yesterday', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=2021-02-30', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=2022-01-01&until=2021-01-01', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=2021-01-01&until=2021-01-01T00:00:00Z', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01', 'noRecordsMatch'],
  ['verb=ListRecords&metadataPrefix=oai_dc&set=theme:none:none', 'noRecordsMatch'],
  ['verb=ListRecords&metadataPrefix=oai_dc&set=%27%3Bdrop', 'badArgument'],
  ['verb=ListRecords&resumptionToken=abc', 'badResumptionToken'],
  ['verb=ListRecords&resumptionToken=abc&metadataPrefix=oai_dc', 'badArgument'],
  ['verb=ListSets&resumptionToken=abc', 'badResumptionToken'],
  ['verb=GetRecord&metadataPrefix=oai_dc', 'badArgument'],
  ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere:pub_1', 'idDoesNotExist'],
  ['verb=ListMetadataFormats&identifier=none', 'idDoesNotExist'],
])('%s is answered with %s', async (query, code) => {
  const { error, request } = await ask(hub, query)
  expect(error['@_code']).toBe(code)
  // The arguments of a request that the protocol does not know are not repeated.
  const isRepeated = code !== 'badVerb' && code !== 'badArgument'
  expect(typeof request).toBe(isRepeated ? 'object' : 'string')
})

const idsOf = (answer: { ListIdentifiers: { header: { identifier: string }[] } }) =>
  answer.ListIdentifiers.header.map(({ identifier }) => identifier)

test('sets are the series and themes of publications, each leads to what is in it, and one above others to all of theirs', async () => {
  const { set } = (await ask(hub, 'verb=ListSets')).ListSets
  const specs: string[] = set.map(({ setSpec }: { setSpec: string[] }) => setSpec[0])
  expect(specs.filter((spec) => spec.startsWith('series:')).length).toBe(3)
  const within = new Map<string, string[]>()
  for (const spec of specs) {
    const answer = await ask(hub, `verb=ListIdentifiers&metadataPrefix=oai_dc&set=${spec}`)
    within.set(spec, idsOf(answer).toSorted())
    for (const header of answer.ListIdentifiers.header)
      expect(header.setSpec.some((one: string) => one === spec || one.startsWith(`${spec}:`))).toBe(true)
  }
  for (const spec of specs) {
    const below = specs.filter((one) => one.startsWith(`${spec}:`))
    if (below.length === 0) continue
    expect([spec, within.get(spec)]).toEqual([
      spec,
      [...new Set(below.flatMap((one) => within.get(one) ?? []))].toSorted(),
    ])
  }
  for (const spec of ['series:none', 'series', 'theme:none', 'seriesx', 'series:a:b']) {
    const { error } = await ask(hub, `verb=ListIdentifiers&metadataPrefix=oai_dc&set=${spec}`)
    expect([spec, error?.['@_code']]).toEqual([spec, spec === 'series' ? undefined : 'noRecordsMatch'])
  }
})

test('a record comes in every format it is said to have, by GET and by POST', async () => {
  const { header } = (await ask(hub, 'verb=ListIdentifiers&metadataPrefix=oai_dc')).ListIdentifiers
  const [{ identifier }] = header
  const { metadataFormat } = (await ask(hub, `verb=ListMetadataFormats&identifier=${identifier}`)).ListMetadataFormats
  for (const { metadataPrefix, metadataNamespace } of metadataFormat) {
    const query = `verb=GetRecord&metadataPrefix=${metadataPrefix}&identifier=${identifier}`
    const { record } = (await ask(hub, query)).GetRecord
    expect(JSON.stringify(record[0].metadata)).toContain(metadataNamespace)
    const posted = await hub.post('/oai', Object.fromEntries(new URLSearchParams(query)))
    expect(parser.parse(await posted.text(), true)['OAI-PMH'].GetRecord.record).toEqual(record)
  }
  const { record } = (await ask(hub, `verb=GetRecord&metadataPrefix=datacite&identifier=${identifier}`)).GetRecord
  const { resource } = record[0].metadata
  expect(resource.titles.title.length).toBeGreaterThan(0)
  expect(resource.creators.creator.length).toBeGreaterThan(0)
  expect([resource.publicationYear.length, typeof resource.publisher]).toEqual([4, 'string'])
})

test('a library walked to its end while it changes misses nothing and tells nothing twice', async () => {
  await using own = await openHub()
  const { records, library } = handlesOf(own.kysely)
  const ids: string[] = []
  for (let count = 0; count < 230; count += 1) {
    const id = await aRecord(own.kysely, 'publication', { title: { en: `Paper ${count}` } })
    ids.push(id)
  }
  await insertPublications(library, {
    publications: ids.map((id) => ({ id, types: ['paper'], issued: '2021' })),
    contributors: [],
    editions: [],
    identifiers: [],
    files: [],
  })
  const draft = await aRecord(own.kysely, 'publication', { title: { en: 'A draft' } }, { status: 'draft' })
  ids.sort()
  const [withdrawn = '', changed = '', late = ''] = [ids[5], ids[6], ids[220]]
  await setStatus(records, withdrawn, 'withdrawn', deed)
  const told: string[] = []
  const gone: string[] = []
  const titles: string[] = []
  let query = 'verb=ListRecords&metadataPrefix=oai_dc'
  for (let round = 0; query !== ''; round += 1) {
    const { ListRecords } = await ask(own, query)
    for (const { header, metadata } of ListRecords.record) {
      const [one] = header
      told.push(one.identifier.split(':').at(-1))
      if (one['@_status'] === 'deleted') gone.push(one.identifier.split(':').at(-1))
      else titles.push(metadata['oai_dc:dc']['dc:title'][0]['#text'])
    }
    // One that was told and one that was not are changed in between, and another is made.
    const at = { ...deed, at: `2026-02-0${round + 1}T00:00:00.000Z` }
    await touchRecord(records, changed, at)
    if (round === 0) await setStatus(records, late, 'withdrawn', at)
    if (round === 0) {
      const more = { id: newId('publication', at.at) }
      ids.push(await aRecord(own.kysely, 'publication', { title: { en: 'A new one' } }, more))
    }
    const token = ListRecords.resumptionToken?.['#text']
    query = token ? `verb=ListRecords&resumptionToken=${token}` : ''
  }
  expect(told.toSorted()).toEqual(ids.toSorted())
  expect(gone.toSorted()).toEqual([withdrawn, late].toSorted())
  expect(told).not.toContain(draft)
  expect(new Set(titles).size).toBe(told.length - gone.length)

  const { header } = (await ask(own, 'verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-02-01')).ListIdentifiers
  expect(header.map(({ identifier }: { identifier: string }) => identifier.split(':').at(-1)).toSorted()).toEqual(
    [changed, late].toSorted(),
  )
})

test('a series that is withdrawn is no set, and no header speaks of it', async () => {
  await using own = await openHub({ seeded: true })
  const { set } = (await ask(own, 'verb=ListSets')).ListSets
  const specs: string[] = set.map(({ setSpec }: { setSpec: string[] }) => setSpec[0])
  const gone = specs.find((spec) => spec.startsWith('series:')) ?? ''
  const list = 'verb=ListIdentifiers&metadataPrefix=oai_dc'
  expect((await ask(own, `${list}&set=${gone}`)).ListIdentifiers.header.length).toBeGreaterThan(0)
  await setStatus(handlesOf(own.kysely).records, gone.split(':')[1] ?? '', 'withdrawn', deed)
  expect((await ask(own, `${list}&set=${gone}`)).error['@_code']).toBe('noRecordsMatch')
  expect(JSON.stringify(await ask(own, list))).not.toContain(gone)
})

test('what the public has seen and may not see any more is told as deleted; what it never saw is not told', async () => {
  await using own = await openHub()
  const { records } = handlesOf(own.kysely)
  const at = { ...deed, at: '2026-02-01T00:00:00.000Z' }
  const make = async (title: string, more: object = {}) =>
    aRecord(own.kysely, 'publication', { title: { en: title } }, more)
  const [closed, withdrawn, open] = [await make('For members now'), await make('Withdrawn'), await make('Open again')]
  const never = await make('Always for members', { visibility: 'members' })
  const hidden = await make('Of members, withdrawn', { visibility: 'members' })
  await make('A draft', { status: 'draft' })
  await setStatus(records, withdrawn, 'withdrawn', at)
  for (const id of [closed, open]) {
    await writeVisibility(records, id, 'members')
    await touchRecord(records, id, at)
  }
  await setStatus(records, hidden, 'withdrawn', at)
  await writeVisibility(records, hidden, 'public')
  await writeVisibility(records, open, 'public')
  const { record } = (await ask(own, 'verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-01')).ListRecords
  const told = record.map(
    ({ header: [header], metadata }: { header: Record<string, string>[]; metadata?: unknown }) => [
      header?.['identifier']?.split(':').at(-1),
      header?.['@_status'],
      metadata !== undefined,
    ],
  )
  expect(new Map(told.map(([id, ...rest]: unknown[]) => [id, rest]))).toEqual(
    new Map([
      [closed, ['deleted', false]],
      [withdrawn, ['deleted', false]],
      [open, [undefined, true]],
    ]),
  )
  const one = `verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:${new URL(own.origin).hostname}:`
  expect((await ask(own, one + closed)).GetRecord.record[0].header[0]['@_status']).toBe('deleted')
  for (const id of [never, hidden]) expect((await ask(own, one + id)).error['@_code']).toBe('idDoesNotExist')
})
