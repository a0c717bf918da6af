import type { Instant } from '#platform/time.ts'

/** A page of the hub in every language it truly has. Languages that would only show another one's text are not in `alternates`. */
export interface SitemapEntry {
  /** Language → path. */
  readonly alternates: Readonly<Record<string, string>>
  /** Path that finds the reader's language by itself (`/r/{id}`, `/`), or null. */
  readonly anyLanguage: string | null
  readonly updatedAt: Instant | null
}

/** What a sitemap file may hold (sitemaps.org): 50,000 addresses, 50 MB (a little less is taken). */
export interface SitemapLimits {
  readonly urls: number
  readonly bytes: number
}

const usualLimits: SitemapLimits = { urls: 50_000, bytes: 45_000_000 }
const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
const tail = '</urlset>\n'

/**
 * The sitemap at `/sitemap.xml`: all addresses when they fit in one file, else an index of `?page=1`, `?page=2`… Each language of a page is
 * an address of its own with links to the others. `page` asks for one part; null when there is no such part. Only one part is held in memory.
 */
export function sitemap(
  entries: readonly SitemapEntry[],
  origin: string,
  page: number | null = null,
  limits: SitemapLimits = usualLimits,
): string | null {
  const wanted = page ?? 1
  const { body, pages } = collect(entries, origin, wanted, limits)
  if (wanted < 1 || wanted > pages) return null
  if (page === null && pages > 1) return index(origin, pages)
  return head + body.join('') + tail
}

function collect(entries: readonly SitemapEntry[], origin: string, wanted: number, limits: SitemapLimits) {
  const body: string[] = []
  let pages = 1
  let urls = 0
  let bytes = head.length + tail.length
  for (const url of writeUrls(entries, origin)) {
    if (urls + 1 > limits.urls || bytes + url.length > limits.bytes) {
      pages += 1
      urls = 0
      bytes = head.length + tail.length
    }
    urls += 1
    bytes += url.length
    if (pages === wanted) body.push(url)
  }
  return { body, pages }
}

/** Addresses are percent-encoded, so what is written is ASCII and its length is its size in bytes. */
function* writeUrls(entries: readonly SitemapEntry[], origin: string): Generator<string> {
  for (const entry of entries) {
    const links = linksOf(entry, origin)
    const changed = entry.updatedAt ? `<lastmod>${entry.updatedAt}</lastmod>` : ''
    for (const path of Object.values(entry.alternates)) {
      yield `<url><loc>${address(path, origin)}</loc>${changed}${links}</url>\n`
    }
  }
}

function linksOf({ alternates, anyLanguage }: SitemapEntry, origin: string): string {
  const link = (lang: string, path: string) =>
    `<xhtml:link rel="alternate" hreflang="${escape(lang)}" href="${address(path, origin)}"/>`
  const own = Object.entries(alternates).map(([lang, path]) => link(lang, path))
  return [...own, ...(anyLanguage === null ? [] : [link('x-default', anyLanguage)])].join('')
}

function index(origin: string, pages: number): string {
  const parts = Array.from(
    { length: pages },
    (_, part) => `<sitemap><loc>${address(`/sitemap.xml?page=${part + 1}`, origin)}</loc></sitemap>\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${parts.join('')}</sitemapindex>\n`
}

function address(path: string, origin: string): string {
  return escape(new URL(path, origin).href)
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
