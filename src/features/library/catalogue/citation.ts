import { formatLocale } from '#platform/i18n/index.ts'
import type { Contributor } from '../domain.ts'
import type { Work } from '../work.ts'
import { permalink } from './dublin-core.ts'
import { flatten, valuesOf } from './flat.ts'

export const citationStyles = ['apa', 'chicago', 'harvard', 'vancouver'] as const
export type CitationStyle = (typeof citationStyles)[number]

/** A piece of a citation; the title stands out. */
export interface CitationPart {
  readonly text: string
  readonly isTitle: boolean
}

/** What a citation says in words of its own. */
interface CitationWords {
  readonly and: string
  readonly noDate: string
  readonly number: string
  readonly availableAt: string
  readonly editors: string
  readonly others: string
}

const english: CitationWords = {
  and: 'and',
  noDate: 'n.d.',
  number: 'No.',
  availableAt: 'Available at',
  editors: 'eds',
  others: 'et al.',
}

const words: Readonly<Record<string, CitationWords>> = {
  en: english,
  fr: {
    and: 'et',
    noDate: 's. d.',
    number: 'nᵒ',
    availableAt: 'Disponible à l’adresse',
    editors: 'dir.',
    others: 'et al.',
  },
  es: { and: 'y', noDate: 's. f.', number: 'n.º', availableAt: 'Disponible en', editors: 'eds.', others: 'et al.' },
  ar: {
    and: 'و',
    noDate: 'د.ت.',
    number: 'العدد',
    availableAt: 'متاح على الرابط',
    editors: 'محررون',
    others: 'وآخرون',
  },
  pt: { and: 'e', noDate: 's.d.', number: 'n.º', availableAt: 'Disponível em', editors: 'orgs.', others: 'et al.' },
}

interface CitationFacts {
  readonly say: CitationWords
  readonly makers: readonly Contributor[]
  readonly areEditors: boolean
  readonly year: string
  readonly date: string
  readonly title: string
  readonly series: string
  readonly publisher: string
  readonly link: string
}

/**
 * A work as people cite it in a style, with the words of a language. The title is the one of that language where there is one. The name of
 * an organisation is never taken apart or turned round.
 */
export function cite(work: Work, style: CitationStyle, lang: string, origin: string): CitationPart[] {
  return writers[style](gather(work, lang, origin)).filter(({ text }) => text !== '')
}

function gather(work: Work, lang: string, origin: string): CitationFacts {
  const say = words[lang.split('-', 1)[0] ?? 'en'] ?? english
  const flat = flatten(work)
  const by = (role: Contributor['role']) => work.contributors.filter((one) => one.role === role)
  const [authors, editors, publishers] = [by('author'), by('editor'), by('publisher')]
  const makers = authors.length > 0 ? authors : editors.length > 0 ? editors : publishers
  const title = work.title[lang] ?? flat.title
  const subtitle = work.title[lang] === undefined ? flat.subtitle : (work.subtitle[lang] ?? '')
  const [doi] = valuesOf(flat, 'doi')
  return {
    say,
    makers,
    areEditors: authors.length === 0 && editors.length > 0,
    year: work.issued?.slice(0, 4) ?? say.noDate,
    date: work.issued === null ? say.noDate : wholeDate(work.issued, lang),
    title: subtitle === '' ? title : `${title}: ${subtitle}`,
    series: work.series === null ? '' : seriesIn(work.series, say),
    // Who stands first needs not be named twice.
    publisher: publishers === makers ? '' : publishers.map(({ name }) => name).join('; '),
    link: doi === undefined ? (work.id === null ? '' : permalink(origin, work.id)) : `https://doi.org/${doi}`,
  }
}

const seriesIn = ({ name, number }: NonNullable<Work['series']>, say: CitationWords) =>
  number === null ? name : `${name}, ${say.number} ${number}`

function wholeDate(issued: string, lang: string): string {
  const [year = '', month, day] = issued.split('-')
  if (month === undefined) return year
  const format = new Intl.DateTimeFormat(formatLocale(lang), {
    month: 'long',
    ...(day === undefined ? {} : { day: 'numeric' }),
    timeZone: 'UTC',
    numberingSystem: 'latn',
  })
  return `${year}, ${format.format(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)))}`
}

const initials = (given: string, after: string, between: string) =>
  given
    .split(/[\s.]+/)
    .filter((part) => part !== '')
    .map((part) =>
      part
        .split('-')
        .map((piece) => `${first(piece)}${after}`)
        .join('-'),
    )
    .join(between)

const first = (text: string) => Array.from(text)[0] ?? ''

type NameForm = (one: Contributor, index: number) => string

const sorted: NameForm = ({ name, given }) => (given === null ? name : `${name}, ${initials(given, '.', ' ')}`)
const short: NameForm = ({ name, given }) => (given === null ? name : `${name} ${initials(given, '', '')}`)
const chicago: NameForm = ({ name, given }, index) =>
  given === null ? name : index === 0 ? `${name}, ${given}` : `${given} ${name}`

const whole = (text: string): CitationPart => ({ text, isTitle: false })
const titled = (text: string): CitationPart => ({ text, isTitle: true })
/** A title that asks or calls out has its stop already. */
const stop = (title: string) => (/[.!?؟]$/.test(title) ? ' ' : '. ')
const sentence = (text: string) => (text === '' ? '' : /[.!?؟]$/.test(text) ? `${text} ` : `${text}. `)

function list(names: readonly string[], last: string, comma: string): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(`${comma} `)}${last}${names.at(-1) ?? ''}`
}

const editorsIn = ({ areEditors, say }: CitationFacts) => (areEditors ? ` (${say.editors})` : '')
const commaOf = ({ say }: CitationFacts) => (say === words['ar'] ? '،' : ',')

const writers: Readonly<Record<CitationStyle, (facts: CitationFacts) => CitationPart[]>> = {
  apa: (facts) => {
    const names = list(facts.makers.map(sorted), `${commaOf(facts)} & `, commaOf(facts)) + editorsIn(facts)
    const series = facts.series === '' ? '' : ` (${facts.series})`
    return facts.makers.length === 0
      ? [
          titled(facts.title),
          whole(
            `${series === '' ? stop(facts.title) : `${series}. `}(${facts.date}). ${sentence(facts.publisher)}${facts.link}`.trimEnd(),
          ),
        ]
      : [
          whole(`${sentence(names)}(${facts.date}). `),
          titled(facts.title),
          whole(
            `${series === '' ? stop(facts.title) : `${series}. `}${sentence(facts.publisher)}${facts.link}`.trimEnd(),
          ),
        ]
  },
  chicago: (facts) => {
    const names =
      list(facts.makers.map(chicago), `${commaOf(facts)} ${facts.say.and} `, commaOf(facts)) + editorsIn(facts)
    return [
      whole(`${sentence(names)}${sentence(facts.year)}`),
      titled(facts.title),
      whole(`${stop(facts.title)}${sentence(facts.series)}${sentence(facts.publisher)}${facts.link}`.trimEnd()),
    ]
  },
  harvard: (facts) => {
    const names = list(facts.makers.map(sorted), ` ${facts.say.and} `, commaOf(facts)) + editorsIn(facts)
    const link = facts.link === '' ? '' : `${facts.say.availableAt}: ${facts.link}`
    return [
      whole(names === '' ? '' : `${names} (${facts.year}) `),
      titled(facts.title),
      whole(
        `${stop(facts.title)}${names === '' ? sentence(facts.year) : ''}${sentence(facts.series)}${sentence(facts.publisher)}${link}`.trimEnd(),
      ),
    ]
  },
  vancouver: (facts) => {
    const shown =
      facts.makers.length > 6 ? [...facts.makers.slice(0, 6).map(short), facts.say.others] : facts.makers.map(short)
    const publisher = facts.publisher === '' ? '' : `${facts.publisher}; `
    const series = facts.series === '' ? '' : `(${facts.series}). `
    const link = facts.link === '' ? '' : `${facts.say.availableAt}: ${facts.link}`
    return [
      whole(sentence(shown.join(`${commaOf(facts)} `) + editorsIn(facts))),
      titled(facts.title),
      whole(`${stop(facts.title)}${publisher}${sentence(facts.year)}${series}${link}`.trimEnd()),
    ]
  },
}

/** A citation without what makes its title stand out. */
export const citationText = (parts: readonly CitationPart[]): string => parts.map(({ text }) => text).join('')
