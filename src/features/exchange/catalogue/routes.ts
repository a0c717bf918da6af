import { Hono, type Context as AnyContext } from 'hono'
import {
  catalogueFormats,
  dataciteJson,
  dataciteXml,
  dublinCore,
  findPublicationId,
  listWorks,
  writeCatalogue,
  type CatalogueFormat,
  type HubWork,
  type LibraryDeps,
} from '#features/library/index.ts'
import { findBySlug, idsWithConcept, listIds, type Reader, type RecordIds } from '#features/records/index.ts'
import { idsInSeries } from '#features/series/index.ts'
import { findConceptId } from '#features/taxonomy/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { HubEnv } from '#platform/http/index.ts'
import { writeXml } from '#platform/xml.ts'
import { openToAll } from '../api/routes.tsx'
import { publicationFeed } from '../feed/publications.ts'

type Context = AnyContext<HubEnv>

/** What the files of the library are made with. */
export interface CatalogueFileContext {
  readonly deps: LibraryDeps
  readonly origin: string
  readonly languages: readonly string[]
  readonly readerOf: (c: Context) => Reader
  readonly hubName: (reader: Reader) => Promise<string>
  /** The most works of one file; `MOST_EXPORTED` when not said. */
  readonly mostWorks?: number
}

const json = 'application/vnd.datacite.datacite+json'
const xml = 'application/xml; charset=utf-8'
/** Forms of one publication that only go out. */
const outgoing = { 'datacite.json': json, 'datacite.xml': xml, 'dc.xml': xml } as const
type Outgoing = keyof typeof outgoing

const formats: readonly CatalogueFormat[] = ['csv', 'xlsx', 'bib', 'ris', 'csl.json']
const outgoings: readonly Outgoing[] = ['datacite.json', 'datacite.xml', 'dc.xml']
const pattern = [...formats, ...outgoings, 'atom'].map((ending) => ending.replace('.', String.raw`\.`)).join('|')

/** Publications of which a feed tells the last changed. */
const MOST_RECENT = 500

/** The library's feed: all of it, or `?series=` or `?theme=scheme:notation`. */
async function sendFeed({ deps, origin, readerOf, hubName }: CatalogueFileContext, c: Context): Promise<Response> {
  const reader = readerOf(c)
  const { series, theme } = c.req.query()
  const ids = await listIds(deps.records, 'publication', reader, await narrow(deps, reader, series, theme))
  const works = await listWorks(deps, reader, ids.slice(-MOST_RECENT))
  const [first] = works
  const [scheme, notation] = theme?.split(':') ?? []
  const label = first?.concepts.find((one) => one.scheme === scheme && one.notation === notation)?.label.value
  const of = series === undefined ? (label ?? theme ?? null) : (first?.work.series?.name ?? series)
  const query = new URLSearchParams(
    series === undefined ? (theme === undefined ? {} : { theme }) : { series },
  ).toString()
  const path = `/${reader.lang}/library/feed.atom${query === '' ? '' : `?${query}`}`
  const text = publicationFeed(works, reader, { origin, hubName: await hubName(reader), path, of })
  return c.body(text, 200, { 'content-type': 'application/atom+xml; charset=utf-8' })
}

/** The most works of one file: a larger library comes in parts, `?part=2` and so on, and each says where the next one is. */
const MOST_EXPORTED = 20_000

/**
 * Files of the library for other programs, after the language: `/library/{slug}.bib` and its like for one publication,
 * `/library/export.csv` and its like for all (or those of `?series=` or `?theme=scheme:notation`), `/library/template.csv` to fill in.
 */
export function catalogueRoutes(context: CatalogueFileContext): Hono<HubEnv> {
  return new Hono<HubEnv>()
    .use(`/library/:file{.+\\.(?:${pattern})}`, openToAll)
    .get(`/library/:file{.+\\.(?:${pattern})}`, async (c) => {
      const file = c.req.param('file')
      if (file === 'feed.atom') return sendFeed(context, c)
      const ending = [...formats, ...outgoings].find((one) => file.endsWith(`.${one}`)) ?? 'csv'
      const name = file.slice(0, -ending.length - 1)
      const reader = context.readerOf(c)
      const format = formats.find((one) => one === ending)
      if (name === 'template' && format) return sendWorks(context, c, reader, [], format, 'template')
      if (name === 'export' && format) {
        const { works, part, parts } = await listExported(context, c, reader)
        return sendWorks(context, c, reader, works, format, parts > 1 ? `library-${part}-of-${parts}` : 'library')
      }
      return sendOne(context, c, reader, name, ending)
    })
}

async function sendOne(
  context: CatalogueFileContext,
  c: Context,
  reader: Reader,
  slug: string,
  ending: CatalogueFormat | Outgoing,
) {
  const id = await findPublicationId(context.deps, reader, slug)
  const [work] = id === null ? [] : await listWorks(context.deps, reader, [id])
  if (!work) throw new NotFoundError('publication')
  const own = decodeURIComponent(work.href.split('/').at(-1) ?? '')
  if (own !== slug) return c.redirect(`${work.href}.${ending}`, 301)
  const format = formats.find((one) => one === ending)
  if (format) return sendWorks(context, c, reader, [work], format, work.id)
  return sendOutgoing(context, c, reader, work, ending)
}

async function sendOutgoing(
  { origin, hubName }: CatalogueFileContext,
  c: Context,
  reader: Reader,
  work: HubWork,
  ending: string,
) {
  const about = { origin, hubName: await hubName(reader) }
  if (ending === 'datacite.json')
    return c.body(JSON.stringify(dataciteJson(work, about)), 200, { 'content-type': json })
  return c.body(writeXml(ending === 'dc.xml' ? dublinCore(work, origin) : dataciteXml(work, about)), 200, {
    'content-type': xml,
  })
}

async function sendWorks(
  { origin, languages }: CatalogueFileContext,
  c: Context,
  { lang }: Reader,
  works: readonly HubWork[],
  format: CatalogueFormat,
  name: string,
): Promise<Response> {
  const body = await writeCatalogue(
    works.map(({ work }) => work),
    format,
    { origin, lang, langs: languages },
  )
  return c.body(typeof body === 'string' ? body : Uint8Array.from(body), 200, {
    'content-type': catalogueFormats[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
  })
}

const BATCH = 300

/** The works of one part of an export. The address of the next stands in the header, where programs look for it. */
async function listExported({ deps, mostWorks = MOST_EXPORTED }: CatalogueFileContext, c: Context, reader: Reader) {
  const within = await narrow(deps, reader, c.req.query('series'), c.req.query('theme'))
  const all = await listIds(deps.records, 'publication', reader, within)
  const parts = Math.max(1, Math.ceil(all.length / mostWorks))
  const asked = c.req.query('part') ?? '1'
  const part = /^[1-9]\d{0,4}$/.test(asked) ? Number(asked) : 0
  if (part < 1 || part > parts) throw new NotFoundError('part')
  if (part < parts) {
    const next = new URL(c.req.url)
    next.searchParams.set('part', String(part + 1))
    c.header('link', `<${next.pathname}${next.search}>; rel="next"`)
  }
  const ids = all.slice((part - 1) * mostWorks, part * mostWorks)
  const works: HubWork[] = []
  for (let at = 0; at < ids.length; at += BATCH)
    works.push(...(await listWorks(deps, reader, ids.slice(at, at + BATCH))))
  return { works, part, parts }
}

async function narrow(
  deps: LibraryDeps,
  reader: Reader,
  series: string | undefined,
  theme: string | undefined,
): Promise<RecordIds | undefined> {
  if (series !== undefined) {
    const id = await findBySlug(deps.records, 'series', series, reader.lang)
    if (id === null) throw new NotFoundError('series')
    return idsInSeries(deps.series, id)
  }
  if (theme === undefined) return undefined
  const [scheme = '', notation = ''] = theme.split(':')
  const concept = await findConceptId(deps, scheme, notation)
  if (concept === null) throw new NotFoundError('theme')
  return idsWithConcept(deps.records, concept)
}
