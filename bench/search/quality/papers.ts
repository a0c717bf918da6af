import ar from './papers/ar.json' with { type: 'json' }
import en from './papers/en.json' with { type: 'json' }
import es from './papers/es.json' with { type: 'json' }
import fr from './papers/fr.json' with { type: 'json' }
import pt from './papers/pt.json' with { type: 'json' }
import { readConcepts } from './concepts.ts'

export const languages = ['en', 'fr', 'es', 'pt', 'ar'] as const
export type Language = (typeof languages)[number]

/** Title, another title, and two things that were found out. */
type Topic = readonly string[]

interface Words {
  readonly series: string
  readonly subtitles: readonly string[]
  readonly methods: readonly string[]
  readonly beside: string
  readonly overview: readonly string[]
  readonly topics: Readonly<Record<string, Topic>>
}

export const words: Readonly<Record<Language, Words>> = { en, fr, es, pt, ar }
const topics = Object.keys(en.topics)

/** Neighbours in name or in place among them. */
const places = [
  'NE',
  'NG',
  'SN',
  'ML',
  'GN',
  'GM',
  'CI',
  'ET',
  'SO',
  'SD',
  'MA',
  'TN',
  'IQ',
  'AF',
  'BD',
  'PK',
  'GE',
].concat(['HN', 'MZ', 'ZA'])

/** A paper that nobody has written. */
export interface Paper {
  readonly key: string
  readonly topic: string
  readonly place: string | null
  readonly issued: string | null
  /** Its place in the series of all of them; null: none. */
  readonly number: number | null
  readonly texts: readonly { readonly lang: Language; readonly title: string; readonly summary: string }[]
}

/** One paper on each topic for each place: most in one language, some in two or in all. The same each time. */
export function makePapers(): Paper[] {
  return topics.flatMap((topic, row) =>
    places.map((place, column): Paper => {
      const index = row * places.length + column
      const first = (row + column) % languages.length
      const langs = column % 10 === 3 ? languages : pick(languages, first, column % 4 === 0 ? 2 : 1)
      const month = String(1 + ((row * 5 + column * 7) % 12)).padStart(2, '0')
      return {
        key: `paper-${topic}-${place}`,
        topic,
        place,
        issued: `${2010 + ((row * 3 + column) % 15)}-${month}`,
        number: index % 8 === 0 ? index / 8 + 1 : null,
        texts: langs.map((lang) => ({ lang, ...write(lang, row, column) })),
      }
    }),
  )
}

const pick = <T>(list: readonly T[], first: number, many: number): T[] => [...list, ...list].slice(first, first + many)

const at = (list: readonly string[], index: number): string => list[index % list.length] ?? ''

/** A title, with the place in every third; and what was found, now and then with a word on what another paper is about. */
function write(lang: Language, row: number, column: number): { title: string; summary: string } {
  const { subtitles, methods, beside, topics: told } = words[lang]
  const [title = '', other = '', first = '', second = ''] = told[at(topics, row)] ?? []
  const name = column % 5 === 4 ? other : title
  const place = new Intl.DisplayNames(lang, { type: 'region' }).of(at(places, column)) ?? ''
  const aside = told[at(topics, row + 1 + (column % 7))]?.[0] ?? ''
  const summary = [
    ...(column % 2 === 0 ? [first, second] : [second, first]),
    at(methods, row + column),
    ...(column % 3 === 1 ? [`${beside} ${aside}.`] : []),
  ]
  return {
    title: column % 3 === 0 ? `${name} (${place})` : `${name}: ${at(subtitles, row + column)}`,
    summary: summary.join(' '),
  }
}

/** A paper on each term of the vocabularies, which has its name in one language only. */
export function makeOverviews(): Paper[] {
  return readConcepts().map(({ key, label }, index): Paper => {
    const lang = pick(languages, index % languages.length, 1)[0] ?? 'en'
    const [title = '', summary = ''] = words[lang].overview
    return {
      key: `overview-${key}`,
      topic: key,
      place: null,
      issued: null,
      number: null,
      texts: [{ lang, title: `${label[lang] ?? ''}: ${title}`, summary }],
    }
  })
}
