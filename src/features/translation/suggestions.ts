import {
  listRecordVersions,
  loadRecords,
  nameFor,
  readStoredTexts,
  type Reader,
  type StoredText,
} from '#features/records/index.ts'
import { listConcepts } from '#features/taxonomy/index.ts'
import type { TranslationDeps } from './deps.ts'
import type { PairedRecord } from './domain.ts'
import { alignSentences, bandsOf, sentenceHash, sentencesOf, similarity } from './memory.ts'
import {
  findSame,
  findSimilar,
  forgetRecords,
  readRemembered,
  replaceSentences,
  type NewSentence,
  type Remembered,
} from './store-memory.ts'
import { findTerms, type Term } from './terms.ts'

/** An earlier translation of the same or a similar sentence. */
export interface Suggestion {
  /** The sentence of this text. */
  readonly sentence: string
  /** What was translated, and how. */
  readonly source: string
  readonly target: string
  /** How alike the two are, up to 100. */
  readonly percent: number
  readonly recordId: string
  readonly name: string
}

/** What the hub's own words offer for one text. */
export interface Offer {
  readonly terms: readonly Term[]
  readonly suggestions: readonly Suggestion[]
}

const leastAlike = 0.75
/** So many sentences of a page are looked up as similar; beyond it only the very same are found. */
const mostSimilar = 60
const mostPerSentence = 3

/** What the vocabularies and the memory offer for each field of a record. A fixed number of queries. */
export async function offerFor(
  deps: TranslationDeps,
  reader: Reader,
  record: PairedRecord,
  into: string,
): Promise<ReadonlyMap<string, Offer>> {
  const [terms, suggestions] = await Promise.all([listTerms(deps), suggest(deps, reader, record, into)])
  return new Map(
    record.pairs.map(({ field, source }) => [
      field,
      {
        terms: findTerms(source.value, source.lang, terms(source.lang, into)),
        suggestions: suggestions.get(field) ?? [],
      },
    ]),
  )
}

/** The vocabularies' terms, from one language into another. */
async function listTerms(deps: TranslationDeps): Promise<(from: string, into: string) => Term[]> {
  const concepts = await listConcepts(deps)
  return (from, into) =>
    concepts.flatMap(({ texts }) => {
      const label = (field: string, lang: string) => texts[field]?.find((text) => text.lang === lang)
      const target = label('label', into)
      if (!target || target.state === 'machine') return []
      const names = [label('label', from)?.value ?? '', ...(label('alt', from)?.value ?? '').split(/[\n,;،؛]/)]
      return names.flatMap((name) => (name.trim() === '' ? [] : [{ source: name.trim(), target: target.value }]))
    })
}

interface Asked {
  readonly field: string
  readonly from: string
  readonly sentence: string
  readonly hash: string
}

async function suggest(
  deps: TranslationDeps,
  reader: Reader,
  record: PairedRecord,
  into: string,
): Promise<Map<string, Suggestion[]>> {
  // A page is written from one language; a field in another is rare, and goes without.
  const from = record.pairs[0]?.source.lang ?? ''
  const asked = record.pairs
    .filter(({ source }) => source.lang === from)
    .flatMap(({ field, source }) =>
      sentencesOf(source.value, from).map((sentence) => ({
        field,
        from,
        sentence,
        hash: sentenceHash(sentence, from),
      })),
    )
  const same = await findSame(
    deps.translation,
    asked.map(({ hash }) => hash),
    from,
    into,
  )
  const known = new Set(same.filter((one) => one.recordId !== record.id).map(({ hash }) => hash))
  const open = asked.flatMap((one, number) => {
    const bands = known.has(one.hash) ? [] : bandsOf(one.sentence, from)
    return bands.length > 0 ? [{ number, bands }] : []
  })
  const similar = await findSimilar(deps.translation, open.slice(0, mostSimilar), from, into)
  const found = asked.flatMap((one, number) => {
    const near = [
      ...same.filter(({ hash }) => hash === one.hash),
      ...similar.filter((other) => other.number === number),
    ]
    return bestOf(one, near, record.id)
  })
  const names = await loadRecords(
    deps.records,
    found.map(({ recordId }) => recordId),
  )
  const suggestions = new Map<string, Suggestion[]>()
  for (const { field, ...one } of found) {
    const origin = names.get(one.recordId)
    const name = origin ? nameFor(origin, reader).value : one.recordId
    suggestions.set(field, [...(suggestions.get(field) ?? []), { ...one, name }])
  }
  return suggestions
}

/** The most similar translations of a sentence in other texts, each wording once. */
function bestOf(asked: Asked, near: readonly Remembered[], recordId: string) {
  const rated = near
    .filter((one) => one.recordId !== recordId || one.field !== asked.field)
    .map((one) => ({ ...one, alike: one.hash === asked.hash ? 1 : similarity(asked.sentence, one.source, asked.from) }))
    .filter(({ alike }) => alike >= leastAlike)
    .toSorted((one, other) => other.alike - one.alike)
  return rated
    .filter(({ target }, index) => rated.findIndex((other) => other.target === target) === index)
    .slice(0, mostPerSentence)
    .map(({ recordId: id, source, target, alike }) => ({
      field: asked.field,
      sentence: asked.sentence,
      source,
      target,
      percent: Math.floor(alike * 100),
      recordId: id,
    }))
}

/** Records remembered in one transaction: others wait for it. */
const atOnce = 10

/** Brings the memory to what the records say now: those that changed since, or the ones that are named. Returns how many. */
export async function rememberTexts(deps: TranslationDeps, only?: readonly string[]): Promise<number> {
  const [versions, remembered] = await Promise.all([
    listRecordVersions(deps.records, only),
    readRemembered(deps.translation),
  ])
  const stale = [...versions].filter(([id, version]) => remembered.get(id) !== version)
  for (let at = 0; at < stale.length; at += atOnce) await rememberSome(deps, stale.slice(at, at + atOnce))
  if (only === undefined)
    await forgetRecords(
      deps.translation,
      [...remembered.keys()].filter((id) => !versions.has(id)),
    )
  return stale.length
}

async function rememberSome(deps: TranslationDeps, stale: readonly (readonly [string, number])[]): Promise<void> {
  const texts = await readStoredTexts(
    deps.records,
    stale.map(([id]) => id),
  )
  await deps.translation.transaction().execute(async (tx) => {
    for (const [id, version] of stale) {
      await replaceSentences(tx, id, version, sentencesIn(texts.filter((text) => text.recordId === id)))
    }
  })
}

/** The sentences of a record that have a translation made from the source as it is, by a person. */
function sentencesIn(texts: readonly StoredText[]): NewSentence[] {
  return texts
    .filter((text) => text.state === 'source')
    .flatMap((source) => {
      const { field, lang, sourceHash } = source
      const translations = texts.filter(
        (text) => text.field === field && text.state === 'current' && text.sourceHash === sourceHash,
      )
      return alignSentences(source, translations).map((sentence, position) => ({
        field,
        position,
        lang,
        hash: sentenceHash(sentence.source, lang),
        body: sentence.source,
        bands: bandsOf(sentence.source, lang),
        translations: sentence.translations,
      }))
    })
}
