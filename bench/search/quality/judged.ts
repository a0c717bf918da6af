import { z } from 'zod'
import { seedId } from '#features/exchange/index.ts'
import { kinds } from '#features/records/index.ts'
import { languages, makeOverviews, makePapers, type Language, type Paper } from './papers.ts'
import ar from './queries/ar.json' with { type: 'json' }
import en from './queries/en.json' with { type: 'json' }
import es from './queries/es.json' with { type: 'json' }
import fr from './queries/fr.json' with { type: 'json' }
import pt from './queries/pt.json' with { type: 'json' }

export const queryKinds = [
  'inflection',
  'accent',
  'spelling',
  'cross-language',
  'phrase',
  'place',
  'number',
  'topic',
  'people',
] as const
type QueryKind = (typeof queryKinds)[number]

const File = z.array(
  z.strictObject({
    kind: z.enum(queryKinds),
    text: z.string(),
    /** What answers it, from 1 (touches on it) to 3 (is about it). */
    relevant: z.record(z.string(), z.literal([1, 2, 3])),
  }),
)

const files: Readonly<Record<Language, unknown>> = { en, fr, es, pt, ar }

export interface JudgedQuery {
  /** The language of who asks. */
  readonly lang: Language
  readonly kind: QueryKind
  readonly text: string
  /** Ids of records, with how well they answer. */
  readonly relevant: ReadonlyMap<string, number>
}

/** What is asked, by whom, and what answers it. Throws where the files name what is not there. */
export function readJudged(): JudgedQuery[] {
  const papers = [...makePapers(), ...makeOverviews()]
  return languages.flatMap((lang) =>
    File.parse(files[lang]).map(({ kind, text, relevant }) => {
      const grades = new Map<string, number>()
      for (const [named, grade] of Object.entries(relevant)) {
        const ids = resolve(papers, lang, named)
        for (const id of ids) grades.set(id, Math.max(grade, grades.get(id) ?? 0))
      }
      if (grades.size === 0) throw new Error(`Nothing answers “${text}” (${lang})`)
      return { lang, kind, text, relevant: grades }
    }),
  )
}

const isIt = (one: string | null, wanted: string): boolean => wanted === '*' || one === wanted

const idsOf = (some: readonly Paper[]): string[] => some.map(({ key }) => seedId('publication', key))

/**
 * `papers:topic/place/month` are papers in the language of who asks (`*`: whichever), `overview:scheme:notation` is the one on a term, where it is
 * in that language; with `@any` those in other languages too. `note:7` is a place in the series. Anything else is a kind and a key of `seeds/`.
 */
function resolve(papers: readonly Paper[], lang: Language, named: string): string[] {
  const [, what = '', asked = '', anywhere] = /^([a-z]+):(.*?)(@any)?$/.exec(named) ?? []
  const isRead = ({ texts }: Paper) => anywhere !== undefined || texts.some((text) => text.lang === lang)
  switch (what) {
    case 'papers': {
      const [topic = '*', place = '*', month = '*'] = asked.split('/')
      return idsOf(
        papers
          .filter(
            (paper) =>
              paper.place !== null && isIt(paper.topic, topic) && isIt(paper.place, place) && isIt(paper.issued, month),
          )
          .filter(isRead),
      )
    }
    case 'overview':
      return idsOf(papers.filter(({ key }) => key === `overview-${asked}`).filter(isRead))
    case 'note':
      return idsOf(papers.filter(({ number }) => number === Number(asked)))
    default: {
      const kind = kinds.find((one) => one.kind === what)?.kind
      if (kind === undefined) throw new Error(`What is ${named}?`)
      return [seedId(kind, asked)]
    }
  }
}
