import type { Identifier, IdentifierScheme } from './domain.ts'

/** A DOI as it is kept: without resolver or prefix, in lower case (DOI Handbook, 2.4: names are case-insensitive). */
const doi = (text: string): string | null => {
  const found = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S{1,200})$/i.exec(text)
  return found?.[1]?.toLowerCase() ?? null
}

const digit = (sign: string) => (sign === 'X' ? 10 : Number(sign))

/** An ISBN as it is kept: thirteen digits; one of ten becomes one of thirteen (ISO 2108). */
function isbn(text: string): string | null {
  const signs = text
    .replace(/^isbn(?:-1[03])?:?\s*/i, '')
    .replace(/[\s‐‑–-]/g, '')
    .toUpperCase()
  if (/^\d{13}$/.test(signs)) return checkDigit13(signs.slice(0, 12)) === signs[12] ? signs : null
  if (!/^\d{9}[\dX]$/.test(signs)) return null
  const sum = Array.from(signs).reduce((total, sign, index) => total + digit(sign) * (10 - index), 0)
  if (sum % 11 !== 0) return null
  const body = `978${signs.slice(0, 9)}`
  return body + checkDigit13(body)
}

function checkDigit13(twelve: string): string {
  const sum = Array.from(twelve).reduce((total, sign, index) => total + Number(sign) * (index % 2 === 0 ? 1 : 3), 0)
  return String((10 - (sum % 10)) % 10)
}

/** An ISSN as it is written: `1234-567X` (ISO 3297). */
function issn(text: string): string | null {
  const signs = text
    .replace(/^issn:?\s*/i, '')
    .replace(/[\s-]/g, '')
    .toUpperCase()
  if (!/^\d{7}[\dX]$/.test(signs)) return null
  const sum = Array.from(signs).reduce((total, sign, index) => total + digit(sign) * (8 - index), 0)
  return sum % 11 === 0 ? `${signs.slice(0, 4)}-${signs.slice(4)}` : null
}

function url(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, href } = new URL(text)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}

const readers: Readonly<Record<IdentifierScheme, (text: string) => string | null>> = {
  doi,
  isbn,
  issn,
  url,
  handle: (text) => /^(?:https?:\/\/hdl\.handle\.net\/|hdl:)?(\d[\d.]*\/\S{1,200})$/i.exec(text)?.[1] ?? null,
  report: (text) => (text.length <= 200 ? text : null),
}

/** An identifier as it is kept, from how people write it; null when it is none of its scheme. */
export function readIdentifier(scheme: IdentifierScheme, text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : readers[scheme](trimmed)
}

/** Where an identifier leads, or null. */
export function identifierHref({ scheme, value }: Pick<Identifier, 'scheme' | 'value'>): string | null {
  if (scheme === 'doi') return `https://doi.org/${encodeURI(value)}`
  if (scheme === 'handle') return `https://hdl.handle.net/${encodeURI(value)}`
  return scheme === 'url' ? value : null
}
