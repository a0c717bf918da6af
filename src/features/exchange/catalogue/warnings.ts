import type { WorkPatch } from '#features/library/index.ts'
import { isPlaceCode, regionName } from '#platform/i18n/index.ts'
import { scoreLanguages } from '../page/language.ts'

/** What real catalogues get wrong, and nobody but a person can tell. */
export type WorkWarningKind = 'confused' | 'untagged' | 'isPerson' | 'otherLanguage'

export interface WorkWarning {
  readonly warning: WorkWarningKind
  readonly value: string
}

/** Countries whose names are taken for each other. */
const alike: readonly (readonly [string, string])[] = [
  ['NE', 'NG'],
  ['GN', 'GW'],
  ['GN', 'GQ'],
  ['CG', 'CD'],
  ['SD', 'SS'],
  ['DM', 'DO'],
  ['MR', 'MU'],
]

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const countries = letters.flatMap((first) => letters.map((second) => first + second)).filter(isPlaceCode)
/** They are names of other things as well, or of no country. */
const ambiguous = new Set(['EU', 'UN', 'EZ', 'QO', 'XA', 'XB', 'ZZ', 'JE', 'GG', 'IM', 'GS', 'MO'])

const patterns = new Map<string, { readonly find: RegExp; readonly codeOf: ReadonlyMap<string, string> }>()

/** The countries that a text in a language names; the longest name counts: Guinea-Bissau is not Guinea. */
function namedIn(text: string, lang: string): Set<string> {
  const known = patterns.get(lang) ?? patternOf(lang)
  patterns.set(lang, known)
  return new Set(Array.from(text.slice(0, 20_000).matchAll(known.find), ([name]) => known.codeOf.get(name) ?? ''))
}

function patternOf(lang: string) {
  const names = countries
    .filter((code) => !ambiguous.has(code))
    .map((code): [string, string] => [regionName(code, lang), code])
    .filter(([name, code]) => name !== code)
    .toSorted(([one], [other]) => other.length - one.length)
  const choices = names.map(([name]) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')
  return { find: new RegExp(`(?<![\\p{L}\\p{M}-])(?:${choices})(?![\\p{L}\\p{M}-])`, 'gu'), codeOf: new Map(names) }
}

/** What a person should look at before they believe a row. */
export function findWarnings(patch: WorkPatch, isKnownOrganisation: (name: string) => boolean): WorkWarning[] {
  return [...placeWarnings(patch), ...nameWarnings(patch, isKnownOrganisation), ...languageWarnings(patch)]
}

function placeWarnings({ title, summary = {}, places = [] }: WorkPatch): WorkWarning[] {
  const texts = [...Object.entries(title), ...Object.entries(summary)]
  const named = new Set(texts.flatMap(([lang, text]) => [...namedIn(text, lang)]))
  const tags = new Set(places)
  const confused = alike.flatMap((pair) =>
    [pair, pair.toReversed()].flatMap(([tag = '', other = '']) =>
      tags.has(tag) && !tags.has(other) && named.has(other) && !named.has(tag) ? [{ tag, other }] : [],
    ),
  )
  const said = new Set(confused.map(({ other }) => other))
  return [
    ...confused.map(({ tag, other }) => ({ warning: 'confused' as const, value: `${tag} ${other}` })),
    ...[...named]
      .filter((code) => !tags.has(code) && !said.has(code))
      .map((value) => ({ warning: 'untagged' as const, value })),
  ]
}

/** Two or three words with capitals, none of which is one of organisations. */
const personal = /^(?:\p{Lu}[\p{Ll}'’-]+\s+){1,2}\p{Lu}[\p{L}'’-]+$/u
const corporate =
  /(?:tion|ment|ity|ing|ence|ance|ics|ies|sité|tut|ium|aid|care)\b|\b(?:save|group|groupe|house|fund|plan|team)\b/iu

function nameWarnings({ contributors = [] }: WorkPatch, isKnown: (name: string) => boolean): WorkWarning[] {
  return contributors
    .filter(
      ({ kind, name }) => kind === 'organisation' && personal.test(name) && !corporate.test(name) && !isKnown(name),
    )
    .map(({ name }) => ({ warning: 'isPerson', value: name }))
}

/** How well a text must read as the language it is said to be in, against the one it reads best as. */
const PLAUSIBLE = 0.8

function languageWarnings({ title, summary = {} }: WorkPatch): WorkWarning[] {
  return Object.keys(title).flatMap((lang): WorkWarning[] => {
    const scores = scoreLanguages(`${title[lang] ?? ''}\n${summary[lang] ?? ''}`)
    const said = scores?.find((one) => one.lang === lang.split('-', 1)[0])
    const [best] = scores ?? []
    if (!best || !said || said.score >= PLAUSIBLE) return []
    return [{ warning: 'otherLanguage', value: `${lang} ${best.lang}` }]
  })
}
