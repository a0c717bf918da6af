import { listIds, loadRecords, alternatesFor, type KindName, type Reader } from '#features/records/index.ts'
import type { SitemapEntry } from '#features/exchange/index.ts'
import { listSessionsOf, type SeminarDeps } from '#features/seminars/index.ts'
import { conceptHref, listConcepts, listSchemes } from '#features/taxonomy/index.ts'

const sections = [
  '',
  'seminars',
  'library',
  'programmes',
  'organisations',
  'people',
  'themes',
  'places',
  'about',
  'accessibility',
  'privacy',
]
const kinds: readonly KindName[] = ['seminar', 'series', 'publication', 'programme', 'organisation', 'person']

/** Every page of the hub with the languages it truly has, for search engines. */
export async function listSitemapEntries(
  deps: SeminarDeps,
  reader: Reader,
  languages: readonly string[],
): Promise<SitemapEntry[]> {
  const inAll = (path: string) =>
    Object.fromEntries(languages.map((lang) => [lang, path === '' ? `/${lang}` : `/${lang}/${path}`]))
  const fixed = sections.map((path): SitemapEntry => ({
    alternates: inAll(path),
    anyLanguage: path === '' ? '/' : null,
    updatedAt: null,
  }))
  return [...fixed, ...(await listRecordEntries(deps, reader)), ...(await listTermEntries(deps, inAll))]
}

async function listRecordEntries(deps: SeminarDeps, reader: Reader): Promise<SitemapEntry[]> {
  const idsOf = await Promise.all(kinds.map(async (kind) => listIds(deps.records, kind, reader)))
  const records = await loadRecords(deps.records, idsOf.flat(), ['title', 'name'])
  const sessions = await listSessionsOf(deps, reader, idsOf[kinds.indexOf('seminar')] ?? [])
  const entries: SitemapEntry[] = []
  for (const record of idsOf.flat().flatMap((id) => records.get(id) ?? [])) {
    const alternates = alternatesFor(record)
    const { updatedAt } = record
    entries.push({ alternates, anyLanguage: `/r/${record.id}`, updatedAt })
    for (const number of sessions.get(record.id) ?? []) {
      entries.push({ alternates: append(alternates, `/sessions/${number}`), anyLanguage: null, updatedAt })
    }
    if (sessions.has(record.id)) {
      entries.push({ alternates: append(alternates, '/agenda'), anyLanguage: null, updatedAt })
    }
  }
  return entries
}

function append(alternates: Readonly<Record<string, string>>, suffix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(alternates).map(([lang, path]) => [lang, path + suffix]))
}

async function listTermEntries(
  deps: SeminarDeps,
  inAll: (path: string) => Record<string, string>,
): Promise<SitemapEntry[]> {
  const schemes = await listSchemes(deps)
  const concepts = await listConcepts(deps)
  return [
    ...schemes.map((scheme) => ({
      alternates: inAll(`themes/${scheme.notation}`),
      anyLanguage: null,
      updatedAt: null,
    })),
    ...concepts.map((concept) => {
      const langs = (concept.texts['label'] ?? []).map((text) => text.lang)
      const alternates = Object.fromEntries(langs.map((lang) => [lang, conceptHref(concept, lang)]))
      return { alternates, anyLanguage: `/r/${concept.id}`, updatedAt: null }
    }),
  ]
}
