import { interfaceLanguages, type TestHub } from '#testing/hub.ts'

/** A page of the hub in one language. */
export interface SitePage {
  readonly lang: string
  readonly path: string
  /** Whether the page has its text in this language, by the sitemap; else it shows another's. */
  readonly isReal: boolean
}

/** Each page of `/sitemap.xml` as language → path, in the languages it truly has. */
export async function readSitemap(hub: TestHub): Promise<Record<string, string>[]> {
  const xml = await (await hub.get('/sitemap.xml')).text()
  const entries = new Map<string, Record<string, string>>()
  for (const [, url = ''] of xml.matchAll(/<url>(.*?)<\/url>/gs)) {
    const own = toPath(/<loc>(.*?)<\/loc>/.exec(url)?.[1] ?? '')
    const links = [...url.matchAll(/hreflang="([a-z-]+)" href="(.*?)"/g)].filter(([, lang]) => lang !== 'x-default')
    const paths = links.map(([, lang = '', href = '']): [string, string] => [lang, toPath(href)])
    const entry = paths.length > 0 ? Object.fromEntries(paths) : { [own.split('/')[1] ?? '']: own }
    entries.set(Object.values(entry).join(' '), entry)
  }
  return [...entries.values()]

  function toPath(href: string): string {
    return href.slice(hub.origin.length)
  }
}

/** Every page of the sitemap in every language of the interface, also where it shows another language's text. */
export async function listSitePages(hub: TestHub): Promise<SitePage[]> {
  const entries = await readSitemap(hub)
  return entries.flatMap((entry) => {
    const some = Object.values(entry)[0] ?? ''
    return interfaceLanguages.map((lang): SitePage => {
      const own = entry[lang]
      return own === undefined
        ? { lang, path: some.replace(/^\/[a-z-]+/, `/${lang}`), isReal: false }
        : { lang, path: own, isReal: true }
    })
  })
}
