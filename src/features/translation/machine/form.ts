import { francAll } from 'franc-min'

/** What of a line is said, and what only gives it its form: marks at its beginning, code, addresses of links. */
export interface Piece {
  readonly isSaid: boolean
  readonly text: string
}

const marks = /^(?:\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s+)+/
/** Code between ticks, the brackets and the address of a link, and addresses that stand alone. */
const fixed = /(`[^`\n]+`|!?\[|\]\([^()\s]*\)|https?:\/\/[^\s)>\]]+)/

/** A text taken apart so that only what is said goes to a machine; joined, the pieces are the text. */
export function takeApart(text: string): Piece[] {
  let isCode = false
  return text.split(/(\n)/).flatMap((line): Piece[] => {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode
    else if (!isCode && line.trim() !== '') {
      const head = marks.exec(line)?.[0] ?? ''
      const rest = line.slice(head.length).split(fixed)
      return [{ isSaid: false, text: head }, ...rest.flatMap((text, index) => pieces(text, index % 2 === 0))]
    }
    return [{ isSaid: false, text: line }]
  })
}

/** White space around what is said stays outside: machines do not keep it. */
function pieces(text: string, isSaid: boolean): Piece[] {
  const [, before = '', said = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  if (!isSaid || !/\p{L}/u.test(said)) return [{ isSaid: false, text }]
  return [
    { isSaid: false, text: before },
    { isSaid: true, text: said },
    { isSaid: false, text: after },
  ]
}

/** What a translation of a Markdown text must have like its source: headings, list items, code and where links lead. */
function formOf(text: string): string {
  const count = (pattern: RegExp) => String(text.match(pattern)?.length ?? 0)
  const links = [...text.matchAll(/\]\(([^()\s]*)\)|`([^`\n]+)`/g)].map(([, link = '', code = '']) => link + code)
  return [count(/^#{1,6} /gm), count(/^\s*([-*+]|\d+[.)])\s/gm), count(/^\s*(```|~~~)/gm), ...links.toSorted()].join(
    '\n',
  )
}

/** Whether a translation has kept the form of its source. */
export function keepsForm(source: string, translation: string): boolean {
  return formOf(source) === formOf(translation)
}

/** ISO 639-3, as franc names languages. */
const codes: Readonly<Record<string, string>> = {
  en: 'eng',
  fr: 'fra',
  es: 'spa',
  pt: 'por',
  ar: 'arb',
  de: 'deu',
  it: 'ita',
  nl: 'nld',
  ru: 'rus',
  tr: 'tur',
  uk: 'ukr',
  fa: 'pes',
  sw: 'swh',
  ha: 'hau',
  so: 'som',
}

/** Whether a text reads as another language than the one it should be in; short texts and languages nobody knows are believed. */
export function readsAsOther(text: string, lang: string): boolean {
  const wanted = codes[lang.split('-')[0] ?? '']
  if (wanted === undefined || (text.match(/\p{L}/gu)?.length ?? 0) < 40) return false
  const ranked = francAll(text.slice(0, 5000), { only: Object.values(codes), minLength: 10 })
  const own = ranked.find(([code]) => code === wanted)?.[1] ?? 0
  // Neighbours such as Spanish and Portuguese come close; another language does not.
  return own < 0.9
}
