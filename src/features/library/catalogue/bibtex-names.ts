import type { Contributor, ContributorRole } from '../domain.ts'
import type { BibField } from './bibtex-syntax.ts'
import { readLatex } from './latex.ts'
import type { Problems } from './read.ts'
import { anOrganisation, aPerson, looksLikeOrganisation } from './values.ts'

/** Who wrote, edited and published an entry, in its order; a name in braces of its own is an organisation's. */
export function readContributors(fields: ReadonlyMap<string, BibField>, problems: Problems): Contributor[] {
  const publisher = ['publisher', 'institution', 'organization', 'school'].find((name) => fields.has(name))
  const roles = [
    ['author', 'author'],
    ['editor', 'editor'],
    ...(publisher === undefined ? [] : [[publisher, 'publisher'] as const]),
  ] as const
  return roles.flatMap(([name, role]) => {
    const field = fields.get(name)
    if (!field) return []
    return splitOutsideBraces(field.value, /\s+and\s+/iy).flatMap((one) => {
      const read = readName(one.trim(), role)
      if (read?.kind === 'person' && looksLikeOrganisation(one))
        problems.add('isOrganisation', name, one, { line: field.line })
      return read ?? []
    })
  })
}

/** Pieces of a value at what stands outside all braces. */
function splitOutsideBraces(value: string, between: RegExp): string[] {
  const pieces: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at]
    if (char === '\\') at += 1
    else if (char === '{') depth += 1
    else if (char === '}') depth -= 1
    else if (depth === 0) {
      between.lastIndex = at
      const found = between.exec(value)
      if (found) {
        pieces.push(value.slice(start, at))
        start = at + found[0].length
        at = start - 1
      }
    }
  }
  return [...pieces, value.slice(start)]
}

const plainName = (value: string) => readLatex(value).replaceAll('\u00A0', ' ').trim()

function readName(value: string, role: ContributorRole): Contributor | null {
  const parts = splitOutsideBraces(value, /\s*,\s*/y).map(plainName)
  const [first = '', second, third] = parts
  if (parts.every((part) => part === '')) return null
  if (role === 'publisher' || isBraced(value)) return anOrganisation(role, plainName(value))
  if (third !== undefined) return aPerson(role, `${first} ${second ?? ''}`.trim(), parts.slice(2).join(', '))
  if (second !== undefined) return aPerson(role, first, second)
  if (first === 'others') return null
  return readUnordered(value, role)
}

/** The whole name stands in one pair of braces: it is not to be taken apart. */
function isBraced(value: string): boolean {
  if (!value.startsWith('{') || !value.endsWith('}')) return false
  let depth = 0
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1
    else if (value[at] === '{') depth += 1
    else if (value[at] === '}') depth -= 1
    if (depth === 0 && at < value.length - 1) return false
  }
  return true
}

/** `Ludwig van Beethoven`: the family name is the last, with the small words before it. */
function readUnordered(value: string, role: ContributorRole): Contributor {
  const words = splitOutsideBraces(value, /\s+|~/y).map(plainName).filter(Boolean)
  if (words.every((word) => looksLikeOrganisation(word))) return anOrganisation(role, words.join(' '))
  const small = words.findIndex((word, index) => index > 0 && index < words.length - 1 && /^\p{Ll}/u.test(word))
  const family = small > 0 ? small : words.length - 1
  return aPerson(role, words.slice(family).join(' '), words.slice(0, family).join(' '))
}
