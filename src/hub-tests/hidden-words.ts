import { handlesOf } from '#features/exchange/index.ts'
import { insertFiles } from '#features/files/index.ts'
import { readNewFiles } from '#features/library/index.ts'
import { kindOf, writeText, type KindName } from '#features/records/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import { insertConcepts, insertSchemes } from '#features/taxonomy/index.ts'
import { inPieces } from '#testing/files.ts'
import type { SignedIn, TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar, deed } from '#testing/makers.ts'
import { aPublication } from '#testing/publications.ts'
import { recordingDesk } from '#testing/recordings.ts'

/** What can be hidden: each word of it is nowhere else in the hub, and all of them begin with “zq”. */
export interface HiddenWords {
  /** Each word that can be looked for, with the record that is found by it. */
  readonly words: readonly (readonly [word: string, found: string])[]
  /** What is said in recordings. */
  readonly spoken: string
  /** Every record that can be hidden. */
  readonly ids: readonly string[]
  readonly recording: string
  readonly session: string
  /** What results could be narrowed by, as addresses have it. */
  readonly facets: readonly string[]
}

const wordOf = (kind: string, field: string, lang: string) => `zq${kind}${field}${lang}`

/** Words of ours in every field of a kind, beside a word that everybody has. What is a name is called like what is open. */
function textsOf(kind: KindName): Record<string, Record<string, string>> {
  const isName = ['concept', 'programme', 'organisation'].includes(kind)
  const [lead] = kindOf(kind).fields
  const texts = kindOf(kind).fields.map(({ name }): [string, Record<string, string>] => {
    const isLead = name === lead.name
    const en = isLead && isName ? 'Kestrel' : `Kestrel ${wordOf(kind, name, 'en')}`
    return [name, isLead ? { en, fr: `Crécerelle ${wordOf(kind, name, 'fr')}` } : { en }]
  })
  return Object.fromEntries(texts)
}

const wordsIn = (kind: KindName, id: string): [string, string][] =>
  Object.values(textsOf(kind)).flatMap((texts) =>
    Object.values(texts).flatMap((text) => /zq\w+/.exec(text)?.map((word): [string, string] => [word, id]) ?? []),
  )

/** What everybody may find: a seminar and a term, with the words that what is hidden has too. */
export async function openThings(hub: TestHub): Promise<{ readonly scheme: string; readonly concept: string }> {
  const { taxonomy } = handlesOf(hub.kysely)
  const scheme = await aRecord(hub.kysely, 'scheme', { label: { en: 'Themes' } })
  await insertSchemes(taxonomy, [{ id: scheme, notation: 'theme', position: 0 }])
  const concept = await aRecord(hub.kysely, 'concept', { label: { en: 'Kestrel', fr: 'Faucon' } })
  await insertConcepts(taxonomy, [
    { id: concept, schemeId: scheme, notation: 'kestrel', position: 0, exactMatch: [], m49: [] },
  ])
  await aSeminar(hub.kysely, { title: { en: 'The kestrel is for everybody', fr: 'La crécerelle est à tous' } })
  return { scheme, concept }
}

/** Makes something of every kind, whose texts, pages and spoken lines have words of their own. All of it is published. */
export async function makeHidden(
  hub: TestHub,
  editor: SignedIn,
  { scheme, concept }: Awaited<ReturnType<typeof openThings>>,
): Promise<HiddenWords> {
  const handles = handlesOf(hub.kysely)
  const more = { concepts: [concept], places: [{ code: 'BE', role: 'focus' as const }] }
  const made = new Map<KindName, string>()
  for (const kind of ['series', 'programme', 'organisation', 'person', 'concept'] as const)
    made.set(kind, await aRecord(hub.kysely, kind, textsOf(kind), kind === 'concept' ? {} : more))
  const idOf = (kind: KindName) => made.get(kind) ?? ''
  const term = { id: idOf('concept'), schemeId: scheme, notation: 'zqnotation', position: 1, exactMatch: [], m49: [] }
  await insertConcepts(handles.taxonomy, [term])
  const { seminar, session } = await makeSeminar(hub)
  made.set('seminar', seminar).set('session', session)
  await insertSeries(handles.series, [{ id: idOf('series'), contains: 'seminar', planned: null }])
  const entry = { series_id: idOf('series'), record_id: seminar, number: 1, deduced: false }
  await insertSeriesEntries(handles.series, [entry])
  made.set('publication', await makePublication(hub, concept))
  const said = await makeRecording(hub, editor)
  const pages: [string, string] = ['zqpage', idOf('publication')]
  return {
    words: [...[...made].flatMap(([kind, id]) => wordsIn(kind, id)), pages, [said.spoken, said.session]],
    ...said,
    ids: [...made.values(), said.recording],
    facets: ['theme=zqnotation', 'series=kestrel-zqseriesnameen'],
  }
}

async function write(hub: TestHub, id: string, kind: KindName): Promise<void> {
  const { records } = handlesOf(hub.kysely)
  for (const [field, texts] of Object.entries(textsOf(kind)))
    for (const [lang, body] of Object.entries(texts)) await writeText(records, id, { field, lang, body }, deed)
}

async function firstSession(hub: TestHub, seminar: string): Promise<string> {
  const sessions = hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', seminar)
  return (await sessions.executeTakeFirstOrThrow()).id
}

async function makeSeminar(hub: TestHub) {
  const seminar = await aSeminar(hub.kysely, { sessions: ['09:00–10:00'] })
  const session = await firstSession(hub, seminar)
  await write(hub, seminar, 'seminar')
  await write(hub, session, 'session')
  return { seminar, session }
}

async function makePublication(hub: TestHub, concept: string): Promise<string> {
  const { files } = handlesOf(hub.kysely)
  const html = '<!doctype html><html lang="en"><title>T</title><p>On this page the kestrel meets zqpage.</p>'
  const stored = await hub.files.put(inPieces(Buffer.from(html)), { maxBytes: 1e6 })
  const file = { ...stored, type: 'text/html', name: 'a-file' }
  await insertFiles(files, [file], deed.at)
  const title = textsOf('publication')['title'] ?? ''
  const id = await aPublication(hub, { title, concepts: [concept], files: [{ ...file, lang: 'en' }] })
  await write(hub, id, 'publication')
  await readNewFiles({ ...handlesOf(hub.kysely), store: hub.files, now: () => deed.at })
  return id
}

/** A session that everybody may see, and what was said in it. */
async function makeRecording(hub: TestHub, editor: SignedIn) {
  const desk = recordingDesk(hub, editor)
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Open to all' }, sessions: ['09:00–10:00'] })
  const session = await firstSession(hub, seminar)
  const place = { 'fact.seminar': seminar, 'fact.session': session }
  const recording = await desk.make('recording', { ...place, 'text.title': 'A day' })
  const lines = '00:00.000 --> 00:04.000\nThe kestrel said zqspoken\n\n00:04.000 --> 00:08.000\nMore\n'
  await desk.addTrack(recording, 'captions', 'en', `WEBVTT\n\n${lines}`, 'en.vtt')
  await desk.publish(recording)
  await desk.read()
  return { recording, session, spoken: 'zqspoken' }
}
