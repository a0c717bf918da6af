import { findDates } from './dates.ts'
import { say } from './messages.ts'
import { listSentences, listTokens, type Token } from './token.ts'
import type { Line, Unsure } from './types.ts'
import { readNumber, readOrdinal, seminarNouns } from './words.ts'

export type SeriesPlace = { number: number | null; planned: number | null; notes: Unsure[] }
type Mention = { ordinal: number; own: boolean; of: number | null; line: number }

const planWords =
  /\b(?:planned|foreseen|scheduled|envisaged|series|prevus?|prevues?|planifies?|serie|previstos?|previstas?|planeados?|planificados?|programados?|total)\b/
const ownWords = new Set(['this', 'present', 'ce', 'cet', 'cette', 'present', 'este', 'esta', 'presente', 'current'])
const isWords = new Set(['is', 'was', 'est', 'es', 'e', 'etait', 'fue', 'foi', 'being'])
/** Nouns after an ordinal that make it another thing's. */
const foreign =
  /^(?:sessions?|sesion(?:es)?|sessao|sessoes|seances?|days?|jours?|dias?|jornada|numero|number|issue|papers?|paper|edition|edicion|edicao|document|documento|part|partie|parte|phase|fase|half|time|fois|vez|year|annee|ano|place|lieu|lugar|module|modulo|step|etape|et)$/
const ofWords = new Set([
  'of',
  'de',
  'des',
  'sur',
  'del',
  'dos',
  'do',
  'das',
  'out',
  'in',
  "d'une",
  'a',
  'the',
  'une',
  'un',
  'una',
  'uma',
  'series',
  'serie',
  'd',
  "'",
  'les',
  'los',
  'os',
])

/**
 * The seminar's place in its series. `own` are lines about this seminar (title, objectives, format), `told` lines
 * about its surroundings, where the seminars before it are named too.
 */
export function readSeries(own: readonly Line[], told: readonly Line[], startsOn: string | null): SeriesPlace {
  const notes: Unsure[] = []
  const all = [...own, ...told]
  const mentions = [
    ...own.flatMap((line) => listMentions(line, true)),
    ...told.flatMap((line) => listMentions(line, false)),
  ]
  const direct = mentions.filter((mention) => mention.own)
  const planned = findPlanned(all) ?? direct.find((mention) => mention.of !== null)?.of ?? null
  const numbers = new Set(direct.map((mention) => mention.ordinal))
  const [first] = direct
  if (first && numbers.size > 1) notes.push(say.seriesUnclear(first.line))
  if (first && numbers.size === 1) {
    if (planned !== null && first.ordinal > planned) notes.push(say.seriesBeyond(first.ordinal, planned, first.line))
    return { number: first.ordinal, planned, notes }
  }
  if (first || planned === null) return { number: null, planned, notes }
  const number = deduce(mentions, planned, told, startsOn)
  const line = mentions[0]?.line ?? null
  if (number !== null) notes.push(say.seriesDeduced(number, number - 1, planned, line))
  return { number, planned, notes }
}

/** The one after those that are told of, when these run from the first without a hole and lie before this one. */
function deduce(
  mentions: readonly Mention[],
  planned: number,
  told: readonly Line[],
  startsOn: string | null,
): number | null {
  const others = new Set(mentions.map((mention) => mention.ordinal))
  const highest = Math.max(0, ...others)
  if (highest === 0 || highest >= planned || others.size !== highest) return null
  const lines = new Set(mentions.map((mention) => mention.line))
  const later = told
    .filter((line) => lines.has(line.number))
    .flatMap((line) => findDates(line))
    .some((date) => startsOn !== null && date.startsOn !== null && date.startsOn > startsOn)
  return later ? null : highest + 1
}

function listMentions(line: Line, own: boolean): Mention[] {
  return listSentences(line.folded).flatMap(({ start, end }) => {
    const tokens = listTokens(line.folded.slice(start, end))
    const dated =
      own && findDates({ ...line, text: line.text.slice(start, end), folded: line.folded.slice(start, end) }).length > 0
    return tokens.some((token) => seminarNouns.test(token.word)) || tokens.length < 12
      ? tokens.flatMap((_, index) => readMention(tokens, index, { line: line.number, own, dated }))
      : []
  })
}

type Setting = { line: number; own: boolean; dated: boolean }

function readMention(tokens: readonly Token[], index: number, { line, own, dated }: Setting): Mention[] {
  const word = tokens[index]?.word ?? ''
  const after = tokens[index + 1]
  const joined = /^\d{1,2}$/.test(word) && after && after.start === tokens[index]?.end ? word + after.word : word
  const ordinal = readOrdinal(joined)
  if (ordinal === null || /^\d/.test(word) === (joined === word)) return []
  const next = index + (joined === word ? 1 : 2)
  const near = tokens.slice(next, next + 4).map((token) => token.word)
  const noun = near.findIndex((candidate) => seminarNouns.test(candidate))
  const total = readTotal(tokens, next) ?? (noun < 0 ? null : readTotal(tokens, next + noun + 1))
  if (foreign.test(near[0] ?? '') && noun !== 0 && !(near[0] === 'et' && noun > 0)) return []
  const before = tokens.slice(Math.max(0, index - 3), index).map((token) => token.word)
  const pointed =
    before.some((candidate) => ownWords.has(candidate)) ||
    (before.some((candidate) => isWords.has(candidate)) && total !== null)
  const isOwn = pointed || total !== null || (own && noun >= 0 && !dated)
  const opened = noun >= 0 || total !== null || /^(?:the|le|la|el|o|a|un|الاول|ال)$/.test(tokens[index - 1]?.word ?? '')
  return opened ? [{ ordinal, own: isOwn, of: total, line }] : []
}

/** The five of "third of five", "third in a series of five seminars". */
function readTotal(tokens: readonly Token[], at: number): number | null {
  let next = at
  while (next < at + 7 && ofWords.has(tokens[next]?.word ?? '')) next++
  if (next === at) return null
  const word = tokens[next]?.word ?? ''
  const number = readNumber(word)
  const ends = tokens[next + 1]?.word ?? ''
  const isCount = number !== null && number > 1 && number < 100
  return isCount && !/^(?:days?|jours?|dias?|sessions?|countries|pays|paises|hours?|heures?)$/.test(ends)
    ? number
    : null
}

/** "a total of five interregional seminars … planned", "une série de cinq séminaires". */
function findPlanned(lines: readonly Line[]): number | null {
  for (const line of lines) {
    for (const { start, end } of listSentences(line.folded)) {
      const sentence = line.folded.slice(start, end)
      if (!planWords.test(sentence)) continue
      const planned = readPlan(listTokens(sentence))
      if (planned !== null) return planned
    }
  }
  return null
}

function readPlan(tokens: readonly Token[]): number | null {
  for (const [index, token] of tokens.entries()) {
    const number = readNumber(token.word)
    if (number === null || number < 2 || number > 99) continue
    const near = tokens.slice(index + 1, index + 5).map((candidate) => candidate.word)
    if (near.some((word) => seminarNouns.test(word))) return number
  }
  return null
}
