import { Hono } from 'hono'
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
} from '#features/library/index.ts'
import { listLastChangedIds, type Reader } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { HubEnv } from '#platform/http/index.ts'
import { writeXml } from '#platform/xml.ts'
import { openToAll } from '../api/routes.tsx'
import { longestFeed, publicationFeed } from '../feed/publications.ts'
import { sendExport } from './export.ts'
import { narrow, type CatalogueFileContext, type Context } from './library-part.ts'
import { createTurns } from './turns.ts'

const json = 'application/vnd.datacite.datacite+json'
const xml = 'application/xml; charset=utf-8'
/** Forms of one publication that only go out. */
const outgoing = { 'datacite.json': json, 'datacite.xml': xml, 'dc.xml': xml } as const
type Outgoing = keyof typeof outgoing

const formats: readonly CatalogueFormat[] = ['csv', 'xlsx', 'bib', 'ris', 'csl.json']
const outgoings: readonly Outgoing[] = ['datacite.json', 'datacite.xml', 'dc.xml']
const pattern = [...formats, ...outgoings, 'atom'].map((ending) => ending.replace('.', String.raw`\.`)).join('|')

/** Where the files of the library are found, after the language. */
export const catalogueFilePath = `/library/:file{.+\\.(?:${pattern})}`

/** The library's feed: all of it, or `?series=` or `?theme=scheme:notation`. */
async function sendFeed({ deps, origin, readerOf, hubName }: CatalogueFileContext, c: Context): Promise<Response> {
  const reader = readerOf(c)
  const { series, theme } = c.req.query()
  const within = await narrow(deps, reader, c.req.query())
  const works = await listWorks(
    deps,
    reader,
    await listLastChangedIds(deps.records, 'publication', reader, { within, limit: longestFeed }),
  )
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

/**
 * Files of the library for other programs, after the language: `/library/{slug}.bib` and its like for one publication,
 * `/library/export.csv` and its like for all (or those of `?series=` or `?theme=scheme:notation`), `/library/template.csv` to fill in.
 */
export function catalogueRoutes(context: CatalogueFileContext): Hono<HubEnv> {
  const inTurn = createTurns()
  return new Hono<HubEnv>().use(catalogueFilePath, openToAll).get(catalogueFilePath, async (c) => {
    const file = c.req.param('file') ?? ''
    if (file === 'feed.atom') return sendFeed(context, c)
    const ending = [...formats, ...outgoings].find((one) => file.endsWith(`.${one}`)) ?? 'csv'
    const name = file.slice(0, -ending.length - 1)
    const reader = context.readerOf(c)
    const format = formats.find((one) => one === ending)
    if (name === 'template' && format) return sendWorks(context, c, reader, [], format, 'template')
    if (name === 'export' && format) return sendExport(context, inTurn, c, reader, format)
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
