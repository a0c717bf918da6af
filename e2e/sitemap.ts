import { at } from './browser.ts'

/** Every public page of a language, as the sitemap names it, by path. */
export async function listPages(lang: string): Promise<string[]> {
  const response = await fetch(at('/sitemap.xml'))
  const text = await response.text()
  const paths = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address ?? '').pathname)
  return paths.filter((path) => path === `/${lang}` || path.startsWith(`/${lang}/`))
}
