import { readFileSync } from 'node:fs'
import type { APIRequestContext, BrowserContext } from 'playwright-core'
import { at } from './browser.ts'

const lang = 'en'

/** The addresses of pages for people who sign in, as the table in docs/operating.md has them: a new one joins by itself. */
export function listWorkingAddresses(): string[] {
  const table = readFileSync('docs/operating.md', 'utf8')
  const addresses = [...table.matchAll(/^\| ([A-Z, ]+?) *\| `(\/\{l\}\/[^`]+)`/gm)].flatMap(
    ([, methods = '', path = '']) => (methods.includes('GET') ? [path] : []),
  )
  const parts = /^\/\{l\}\/(desk|admin|account|sign-in|invitation|preview)(\/|$)/
  return addresses.filter((path) => parts.test(path) && !elsewhere.has(path) && !/\.\w+$/.test(path))
}

/** Addresses that answer with something else than a page of their own. */
const elsewhere = new Set([
  '/{l}/desk/find',
  '/{l}/desk/translation/next',
  '/{l}/desk/uploads',
  '/{l}/desk/uploads/{id}',
])

/** How much of an address is left open. */
const holes = (address: string) => address.split('{').length

/** The address that a path is of, the most literal one first. */
export function addressOf(path: string, addresses: readonly string[]): string | undefined {
  const parts = path.split('/')
  const fitting = addresses.filter((address) => {
    const own = address.split('/')
    return own.length === parts.length && own.every((part, index) => part.startsWith('{') || part === parts[index])
  })
  return fitting.toSorted((one, other) => holes(one) - holes(other))[0]
}

/** Pages that differ though their address is one: the forms of each kind of record. */
const makingOf = (path: string, address: string) =>
  `${address} ${/\/new\/(\w+)/.exec(path)?.[1] ?? /\/records\/([a-z]{3})_/.exec(path)?.[1] ?? ''}`

/** Follows links from the pages where work begins, and finds a page of every making; the ones nothing leads to are given. */
export async function findWorkingPages(context: BrowserContext, given: readonly string[]): Promise<string[]> {
  const addresses = listWorkingAddresses()
  const found = new Map<string, string>()
  const waiting = ['desk', 'admin', 'account', 'sign-in'].map((path) => `/${lang}/${path}`).concat(given)
  const asked = new Set<string>()
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const address = addressOf(path.replace(/[?#].*$/, ''), addresses)
    if (address === undefined || asked.has(path)) continue
    asked.add(path)
    const making = makingOf(path, address)
    if (found.has(making) && !isList(path)) continue
    if (!found.has(making)) found.set(making, path)
    waiting.push(...(await linksOf(context.request, path)))
  }
  return [...found.values()]
}

/** Lists of each kind lead to the records of it. */
const isList = (path: string) => /\/desk\/records\?kind=\w+$/.test(path)

async function linksOf(request: APIRequestContext, path: string): Promise<string[]> {
  const text = await (await request.get(at(path))).text()
  const links = [...text.matchAll(/<a [^>]*href="(\/en\/[^"#]*)/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  )
  return links.filter((href) => !/\.\w+(\?|$)/.test(href))
}
