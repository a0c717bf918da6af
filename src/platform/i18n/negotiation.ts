import { canonicalLanguageTag } from './languages.ts'

interface Range {
  readonly tag: string
  readonly quality: number
}

const longestHeader = 1000
const item = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i

/** Reads `Accept-Language` (RFC 9110 §12.5.4), best first; ranges it cannot read are left out. */
function parseAcceptLanguage(header: string): Range[] {
  const ranges = header
    .slice(0, longestHeader)
    .split(',')
    .flatMap((part): Range[] => {
      const match = item.exec(part)
      return match?.[1] ? [{ tag: match[1].toLowerCase(), quality: match[2] === undefined ? 1 : Number(match[2]) }] : []
    })
  return ranges.sort((one, other) => other.quality - one.quality)
}

/**
 * The available language a reader asks for, by RFC 4647 lookup (`fr-CA` finds `fr`). When nothing fits: the first one that
 * the reader did not refuse with `q=0`.
 */
export function negotiateLanguage(
  header: string | null | undefined,
  available: readonly [string, ...string[]],
): string {
  const ranges = parseAcceptLanguage(header ?? '')
  const refused = new Set(ranges.filter((range) => range.quality === 0).map((range) => range.tag))
  const open = available.filter((lang) => !refused.has(lang.toLowerCase()))
  for (const range of ranges) {
    if (range.quality === 0) break
    const found = range.tag === '*' ? open[0] : lookUp(range.tag, open)
    if (found) return found
  }
  return open[0] ?? available[0]
}

function lookUp(tag: string, available: readonly string[]): string | undefined {
  for (let wanted = tag; wanted !== ''; wanted = shorten(wanted)) {
    const found = available.find((lang) => lang.toLowerCase() === wanted)
    if (found) return found
  }
  return undefined
}

/** One subtag less; a single letter goes together with what followed it (RFC 4647 §3.4). */
function shorten(tag: string): string {
  const cut = tag.lastIndexOf('-')
  return cut < 0 ? '' : tag.slice(0, cut).replace(/-[a-z0-9]$/, '')
}

/** The languages to look for a text in, best first: the page's, others the reader accepts, the hub's. Each language once. */
export function readerChain(
  lang: string,
  acceptLanguage: string | null | undefined,
  hubLanguages: readonly string[],
): string[] {
  const accepted = parseAcceptLanguage(acceptLanguage ?? '')
    .filter((range) => range.quality > 0 && range.tag !== '*')
    .flatMap((range) => [canonicalLanguageTag(range.tag), range.tag.split('-', 1)[0]])
  const chain = [lang, ...accepted, ...hubLanguages]
  return [...new Set(chain.filter((tag): tag is string => Boolean(tag)))]
}
