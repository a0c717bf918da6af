import * as fc from 'fast-check'
import { publicationTypes } from '../domain.ts'
import type { Work } from '../work.ts'
import type { CatalogueContext, CatalogueRead } from './read.ts'

export const context: CatalogueContext = { origin: 'https://hub.example', lang: 'en' }

/** A work of which only the title is known. */
export const aWork = (more: Partial<Work> = {}): Work => ({
  id: null,
  types: [],
  sourceLang: 'en',
  title: { en: 'A title' },
  subtitle: {},
  summary: {},
  issued: null,
  series: null,
  contributors: [],
  identifiers: [],
  editions: [],
  concepts: [],
  places: [],
  funders: [],
  ...more,
})

const letters = Array.from('abc XYZ éñçßøœ عربي نص 中文 👩‍👩‍👧 🌍 "\'`{}\\$&%#_~^<>|;,.:?!()[]@=+*-–—« » \u00A0')
const char = fc.constantFrom(...letters)
const tidy = (text: string) => text.normalize('NFC').replaceAll(/ {2,}/g, ' ').trim()

/** A line of text with everything in it that formats take for a sign of their own. */
const line = fc
  .array(char, { minLength: 1, maxLength: 30 })
  .map((chars) => tidy(chars.join('')))
  .filter((text) => /[\p{L}]/u.test(text))

/** Several lines, some of them blank, some that look like fields. */
const paragraphs = fc
  .array(fc.oneof(line, fc.constantFrom('', '  - a point', 'TY  - RPRT', 'ER  -', '@book{x,')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((lines) => lines.join('\n').normalize('NFC').trim())
  .filter((text) => text !== '')

const namePart = fc
  .array(fc.constantFrom(...Array.from('abcÉñøعرب-\'"&’')), { minLength: 1, maxLength: 12 })
  .map((chars) => chars.join('').normalize('NFC'))
  .filter((text) => /\p{L}/u.test(text) && !looksAway(text))
const looksAway = (text: string) => /^(others|who|inc|ltd)$/i.test(text)

const person = (role: 'author' | 'editor') =>
  fc.record({
    role: fc.constant(role),
    kind: fc.constant('person' as const),
    agentId: fc.constant(null),
    name: namePart,
    given: fc.option(namePart),
  })
const organisation = (role: 'author' | 'editor' | 'publisher') =>
  fc.record({
    role: fc.constant(role),
    kind: fc.constant('organisation' as const),
    agentId: fc.constant(null),
    name: fc.oneof(
      fc.constantFrom(
        'Samuel Hall',
        'Ministry of Foreign Affairs, Denmark',
        'Research and Development',
        'منظمة الهجرة',
      ),
      fc.tuple(namePart, namePart).map(([one, other]) => `${one} ${other}`),
    ),
    given: fc.constant(null),
  })

const issued = fc.oneof(
  fc.integer({ min: 1000, max: 2999 }).map(String),
  fc
    .tuple(fc.integer({ min: 1900, max: 2099 }), fc.integer({ min: 1, max: 12 }))
    .map(([y, m]) => `${y}-${String(m).padStart(2, '0')}`),
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
)

const identifiers = fc.subarray([
  { scheme: 'doi', value: '10.5281/zenodo.1234' },
  { scheme: 'doi', value: '10.1000/a_b(c)' },
  { scheme: 'isbn', value: '9789292688318' },
  { scheme: 'isbn', value: '9780306406157' },
  { scheme: 'issn', value: '2049-3630' },
  { scheme: 'report', value: 'PUB2024/007/L' },
  { scheme: 'handle', value: '20.500.11788/12' },
  { scheme: 'url', value: 'https://elsewhere.example/a?b=c&d=%20_~#e' },
  { scheme: 'url', value: 'https://other.example/' },
] as const)

/** Works as a reference manager can hold them: one language, publishers that are organisations. */
export const flatWorks = fc
  .record({
    id: fc.option(fc.constantFrom('pub_0000000001abcdefghijkl', 'pub_0000000002abcdefghijkl')),
    types: fc.subarray([...publicationTypes]),
    sourceLang: fc.constantFrom('en', 'fr', 'ar', 'pt-BR'),
    title: line,
    subtitle: fc.option(line),
    summary: fc.option(paragraphs),
    issued: fc.option(issued),
    series: fc.option(fc.record({ id: fc.constant(null), name: line, number: fc.option(fc.nat(9999)) })),
    authors: fc.array(fc.oneof(person('author'), organisation('author')), { maxLength: 3 }),
    editors: fc.array(fc.oneof(person('editor'), organisation('editor')), { maxLength: 2 }),
    publishers: fc.array(organisation('publisher'), { maxLength: 2 }),
    identifiers,
    concepts: fc.subarray([
      { scheme: 'theme', notation: 'policy-coherence' },
      { scheme: 'gcm', notation: '21' },
    ]),
    places: fc.subarray(['ET', 'NE', '419']),
  })
  .map(({ title, subtitle, summary, authors, editors, publishers, sourceLang, ...rest }) =>
    aWork({
      ...rest,
      sourceLang,
      title: { [sourceLang]: title },
      subtitle: subtitle === null ? {} : { [sourceLang]: subtitle },
      summary: summary === null ? {} : { [sourceLang]: summary },
      contributors: [...authors, ...editors, ...publishers],
    }),
  )

/** What was read, each as a whole work; throws when something was refused or told of. */
export function worksOf(read: CatalogueRead): Work[] {
  if (!read.ok) throw new Error(read.fault)
  return read.entries.map(({ patch, problems }) => {
    if (!patch || problems.length > 0) throw new Error(JSON.stringify(problems))
    return aWork(patch)
  })
}

/** The same work with what has no order in one order. */
export const inOrder = (work: Work): Work => ({
  ...work,
  identifiers: work.identifiers.toSorted((one, other) =>
    `${one.scheme} ${one.value}`.localeCompare(`${other.scheme} ${other.value}`),
  ),
})

const langs = ['en', 'fr', 'ar', 'pt-BR'] as const
const words = (value: fc.Arbitrary<string>) =>
  fc
    .record({ en: fc.option(value), fr: fc.option(value), ar: fc.option(value), 'pt-BR': fc.option(value) })
    .map((texts) =>
      Object.fromEntries(Object.entries(texts).flatMap(([lang, text]) => (text === null ? [] : [[lang, text]]))),
    )

/** A cell may begin with what a spreadsheet takes for a formula. */
const cell = fc
  .tuple(fc.constantFrom('', '=', '+', '-', '@', "'", "'=", '|', '\\'), line)
  .map(([sign, text]) => `${sign}${text}`)

/** Works as a table can hold them: many languages; editions are the languages of files. */
export const tableWorks = fc
  .tuple(
    flatWorks,
    words(cell),
    words(cell),
    words(paragraphs),
    fc.array(line, { maxLength: 2 }),
    fc.subarray([...langs]),
  )
  .map(([work, title, subtitle, summary, funders, files]) => {
    const { sourceLang } = work
    return aWork({
      ...work,
      title: { [sourceLang]: '=A|title', ...title },
      subtitle,
      summary,
      funders,
      editions: files.map((lang) => ({
        number: null,
        lang,
        issued: null,
        translationOf: null,
        pages: null,
        identifiers: [],
        files: [
          { lang, url: `https://files.example/${lang}.pdf`, type: null, bytes: null, pages: null, licence: null },
        ],
      })),
    })
  })
