import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadAssets } from '#platform/http/index.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { interfaceLanguages, openHub, wordsOf } from '#testing/hub.ts'
import { build } from '../../scripts/build/build.ts'
import { attribute, readMarkup, textOf, type ReadPage } from './markup-reader.ts'
import { listSitePages, type SitePage } from './site.ts'

interface Answer extends SitePage {
  readonly status: number
  /** As sent, packed with brotli. */
  readonly bytes: number
  readonly html: string
  readonly page: ReadPage
}

const isTerm = (path: string) => /^\/[a-z]+\/themes\/[^/]+\//.test(path)

const origin = 'https://hub.example'
const names: Record<string, string> = {}
let answers: Answer[] = []
/** The files that pages offer, as far as they answer. */
const files = new Set<string>()
/** The sign-in and the search of each language: no search engine lists it, every page leads to it. */
const doors: { readonly path: string; readonly status: number; readonly html: string }[] = []

// One reading of the whole site serves all the tests here. The hundreds of terms are drawn by one view: each is read in one
// language, and every language has its share of them.
beforeAll(async () => {
  await using hub = await openHub({ seeded: true })
  const all = await listSitePages(hub)
  const kept = all.filter(({ path }, index) => !isTerm(path) || Math.floor(index / 5) % 5 === index % 5)
  for (const place of kept) {
    const response = await hub.get(place.path, { 'accept-encoding': 'br' })
    const body = Buffer.from(await response.arrayBuffer())
    const html = brotliDecompressSync(body).toString()
    answers.push({ ...place, status: response.status, bytes: body.length, html, page: readMarkup(html) })
  }
  for (const path of interfaceLanguages.flatMap((lang) => [`/${lang}/sign-in`, `/${lang}/search`])) {
    const response = await hub.get(path)
    doors.push({ path, status: response.status, html: await response.text() })
  }
  const offered = answers
    .flatMap(({ page }) => page.links.map(({ href }) => href))
    .filter((href) => href.startsWith('/files/'))
  for (const href of new Set(offered)) if ((await hub.get(href)).status === 200) files.add(href)
  for (const { lang, path, page } of answers) if (path === `/${lang}`) names[lang] = page.title
})

/** Of every page that is not right, its path and what is wrong. */
function faults(wrong: (answer: Answer) => unknown): unknown[] {
  return answers.flatMap((answer) => {
    const found = wrong(answer)
    return found === null || found === false ? [] : [[answer.path, found]]
  })
}

test('every page of the sitemap answers in every language, the address as it stands', () => {
  for (const lang of interfaceLanguages) {
    const paths = answers.filter((answer) => answer.lang === lang).map(({ path }) => path)
    expect(new Set(paths).size).toBeGreaterThan(60)
  }
  expect(faults(({ status }) => status !== 200 && status)).toEqual([])
})

test('every page is valid HTML that assistive technology can use', async () => {
  const found = []
  for (const { path, html } of answers) {
    const wrong = await findMarkupFaults(html)
    if (wrong.length > 0) found.push([path, wrong])
  }
  expect(found).toEqual([])
  // Several hundred pages: a busy machine takes its time.
}, 180_000)

test('the sign-in and the search that every page leads to are there, valid, and not for search engines', async () => {
  for (const { path, status, html } of doors) {
    const { headings, lang, links } = readMarkup(html)
    expect([path, status, headings.length, await findMarkupFaults(html)]).toEqual([path, 200, 1, []])
    expect([path.startsWith(`/${lang}/`), html.includes('<meta name="robots" content="noindex"')]).toEqual([true, true])
    expect(links[0]?.href).toBe('#main')
  }
})

test('every page has one heading, and a title that names the page first and then the hub', () => {
  expect(names['fr']).toBe('Pôle de gestion des connaissances UE-OIM')
  expect(faults(({ page }) => page.headings.length !== 1 && page.headings)).toEqual([])
  expect(
    faults(({ lang, path, page }) => {
      if (path === `/${lang}`) return false
      const own = page.title.endsWith(` — ${names[lang]}`) && page.title.slice(0, -` — ${names[lang]}`.length)
      return (own === false || !own.includes(page.headings[0] ?? '?')) && page.title
    }),
  ).toEqual([])
})

test('every page says its language and direction', () => {
  expect(
    faults(({ lang, page }) => {
      const expected = `${lang} ${lang === 'ar' ? 'rtl' : 'ltr'}`
      return `${page.lang} ${page.dir}` !== expected && `${page.lang} ${page.dir}`
    }),
  ).toEqual([])
})

test('the first link of every page skips to its content, in its language', () => {
  expect(
    faults(({ lang, page }) => {
      const [first] = page.links
      const target = page.elements.find((element) => attribute(element, 'id') === 'main')?.tagName
      return (first?.href !== '#main' || first.text !== wordsOf(lang)['layout.skip'] || target !== 'main') && first
    }),
  ).toEqual([])
})

test('every page names its own address as the canonical one and its translations each other', () => {
  expect(faults(({ path, page }) => page.canonical !== origin + path && page.canonical)).toEqual([])
  expect(faults(({ lang, path, page }) => page.hreflang[lang] !== origin + path && page.hreflang)).toEqual([])
  expect(
    faults(({ page }) => {
      const langs = Object.keys(page.hreflang).toSorted().join()
      return langs !== 'ar,en,es,fr,pt' && langs
    }),
  ).toEqual([])
})

test('no page shows what a program calls nothing, or the key of a message', () => {
  const leftover = /\b(undefined|NaN|Invalid Date)\b|\[object |^null$|\{[a-z]+(, |\})/
  const keys = new Set(Object.keys(wordsOf('en')))
  expect(faults(({ page }) => page.lines.find((line) => leftover.test(line)) ?? null)).toEqual([])
  expect(
    faults(({ page }) => {
      const words = page.lines.flatMap((line) => line.match(/[a-z]+(\.[\w-]+)+/g) ?? [])
      return words.find((word) => keys.has(word)) ?? null
    }),
  ).toEqual([])
})

test('no page in another language shows a sentence of the English interface', () => {
  // The fixed parts of messages, long enough that they are no name and no word of two languages.
  const sentences = Object.entries(wordsOf('en')).flatMap(([key, message]) =>
    message.split(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/).flatMap((part) => {
      const words = part.trim()
      return words.length >= 12 && words.includes(' ') ? [{ key, words }] : []
    }),
  )
  expect(sentences.length).toBeGreaterThan(60)
  const english = answers.filter(({ lang }) => lang === 'en').map(({ page }) => page.lines.join('\n'))
  expect(sentences.filter(({ words }) => english.some((text) => text.includes(words))).length).toBeGreaterThan(30)

  expect(
    faults(({ lang, page }) => {
      const text = page.ownLines.join('\n')
      const own = wordsOf(lang)
      return (
        lang !== 'en' &&
        (sentences.find(({ key, words }) => !own[key]?.includes(words) && text.includes(words)) ?? null)
      )
    }),
  ).toEqual([])
})

test('every link of a page leads to a page of the hub, a file of it, or an address of the web', () => {
  const known = new Set([...answers.map(({ path }) => path), ...doors.map(({ path }) => path), ...files])
  const sections =
    /^\/[a-z]{2}\/(themes|places)\/|\.(ics|atom|pdf|ttl|jsonld|xml|json|bib|ris)$|^\/(vocabularies|api|r)\//
  expect(
    faults(({ page }) => {
      const strange = page.links.filter(({ href }) => {
        const path = href.replace(/[?#].*$/, '')
        return path !== '' && !/^(https?|mailto):/.test(href) && !known.has(path) && !sections.test(path)
      })
      return strange[0] ?? null
    }),
  ).toEqual([])
  expect(
    faults(({ page }) => {
      const ids = new Set(page.elements.map((element) => attribute(element, 'id')))
      return page.links.find(({ href }) => href.startsWith('#') && !ids.has(href.slice(1))) ?? null
    }),
  ).toEqual([])
  expect(
    faults(({ page }) => {
      const links = page.elements.filter((element) => element.tagName === 'a')
      const silent = links.find((link) => textOf(link) === '' && attribute(link, 'aria-label') === '')
      return silent ? attribute(silent, 'href') : null
    }),
  ).toEqual([])
})

const folder = mkdtemp(join(tmpdir(), 'hub-assets-'))
afterAll(async () => rm(await folder, { recursive: true }))

test('every page with its style sheet fits in one TCP window, and asks for no more than style and script', async () => {
  const outDir = await folder
  expect(await build({ outDir, only: 'assets' })).toBe('built')
  const assets = await loadAssets(join(outDir, 'assets'))
  const style = assets.at(assets.href('hub.css'))?.bodies.br?.length ?? 0
  expect(style).toBeGreaterThan(1000)

  expect(faults(({ bytes }) => bytes + style > 14_600 && bytes + style)).toEqual([])
  expect(
    faults(({ page }) => {
      const fetched = page.elements.flatMap((element) => {
        const stylesheet = element.tagName === 'link' && attribute(element, 'rel') === 'stylesheet'
        const source = attribute(element, 'src')
        // What plays, and its captions, is fetched when somebody plays it: `preload` says so.
        const waits = ['source', 'track'].includes(element.tagName)
        return stylesheet || (source !== '' && !waits && !source.startsWith('data:')) ? [element.tagName] : []
      })
      const players = page.elements.filter((element) => element.tagName === 'recording-player')
      const own = players.length > 0 ? 'link,script,script' : 'link,script'
      return fetched.join() !== own && fetched.join()
    }),
  ).toEqual([])
})
