import { guard, type Piece } from './payload.ts'

/** What stands before a colon and is no name, in the hub's languages and Chinese; lower case. */
const labels = new Set(
  (
    'note notes nb n.b ps p.s re subject source sources example examples for example question questions answer answers q a warning caution tip hint summary title subtitle slide page ' +
    'chapter part section step day session figure table link url http https ftp email e-mail tel phone date time music sound transcript translation yes no so and but or first second third ' +
    'firstly secondly thirdly finally lastly however today remember important attention conclusion introduction agenda objective result results recommendation recommendations ' +
    'remarque exemple par exemple réponse résumé titre diapositive partie chapitre étape jour séance oui non donc et mais premièrement deuxièmement troisièmement enfin objectif résultat recommandation ' +
    'nota nota bene ejemplo por ejemplo pregunta respuesta resumen título diapositiva parte capítulo paso día sesión sí pero primero segundo tercero finalmente objetivo resultado recomendación ' +
    'exemplo por exemplo pergunta resposta resumo slide capítulo passo dia sessão sim não mas primeiro finalmente recomendação ' +
    'ملاحظة مثال مثلا سؤال جواب ملخص عنوان شريحة أولا أولاً ثانيا ثانياً ثالثا ثالثاً رابعا أخيرا أخيراً نعم لا ولكن اليوم المصدر النتيجة توصية 注 注意 例如 首先 其次 最后 问题 答案 问 答'
  ).split(' '),
)
for (const label of ['for example', 'par exemple', 'por ejemplo', 'por exemplo', 'nota bene']) labels.add(label)

/** Words of names that are written small. */
const particles = new Set(
  'de da do dos das del della di du des la le les el al van von der den ten ter bin ibn ben bint e y et and of the'.split(
    ' ',
  ),
)
const longest = 60
const mostWords = 7

export interface Prefix {
  readonly name: string
  readonly rest: string
}

/** A line's `Name:` by its form alone, and what follows it; `>> Name:` and `- Name:` too. */
export function prefixOf(line: string): Prefix | null {
  const head = line.slice(0, longest + 8)
  const from = /^(?:>{1,3}|[-–—•*]) ?/.exec(head)?.[0].length ?? 0
  const colon = head.slice(from).search(/[:：]/)
  if (colon < 1 || colon > longest) return null
  const end = from + colon + 1
  const name = line.slice(from, end - 1).trim()
  const isFull = line.charAt(end - 1) === '：'
  const next = line.charAt(end)
  if (!(isFull || next === '' || next.trim() === '')) return null
  // The head of a name is a letter; what ends or joins sentences is in none.
  if (!/^\p{L}/u.test(name) || /[?!;…“”«»"<>={}[\]\\/\0]/.test(name)) return null
  return name.split(/\s/).length > mostWords ? null : { name, rest: line.slice(end).trim() }
}

function isLabel(name: string): boolean {
  const lower = name.toLowerCase()
  if (labels.has(lower)) return true
  const [first = '', ...more] = lower.split(/\s/)
  return labels.has(first) && more.length > 0 && more.every((word) => /^[\p{Nd}.]{1,6}$/u.test(word))
}

/** Every word begins as the words of names do: with a capital, in a script without capitals, or as a particle. */
export function isNameLike(name: string): boolean {
  if (isLabel(name)) return false
  return name.split(/[\s'’-]/).every((word, index) => {
    if (word === '' || particles.has(word.toLowerCase())) return true
    return /^[\p{Lu}\p{Lt}\p{Lo}(&]/u.test(word) || (index > 0 && /^[\p{Nd}|]/u.test(word))
  })
}

/**
 * Which of the names before a colon are speakers. A name in a name's form is one when it comes back (a single word three times, or often), when another
 * is, or when three lines in ten begin so; another form (`mary.jones:`) when it comes back three times. Labels (`Note:`) never are.
 */
export function tellSpeakers(lines: Iterable<string>): ReadonlySet<string> {
  const counts = new Map<string, number>()
  let all = 0
  let formed = 0
  for (const line of lines) {
    all += 1
    const name = line.startsWith(guard) ? undefined : prefixOf(line)?.name
    if (name === undefined || isLabel(name)) continue
    counts.set(name, (counts.get(name) ?? 0) + 1)
    if (isNameLike(name)) formed += 1
  }
  const comesBack = (name: string, count: number) => {
    const words = name.split(/\s/).length
    return isNameLike(name) ? count >= (words > 1 ? 2 : 3) || (count > 1 && count >= all / 10) : count > 2 && words < 3
  }
  const known = [...counts].filter(([name, count]) => comesBack(name, count)).map(([name]) => name)
  if (known.length === 0 && formed < all * 0.3) return new Set(known)
  return new Set([...known, ...[...counts.keys()].filter(isNameLike)])
}

/** A piece parted where a line begins with one of the names. */
export function partBySpeaker(piece: Piece, speakers: ReadonlySet<string>): Piece[] {
  if (piece.speaker !== null) return [piece]
  const parts: { speaker: string | null; lines: string[] }[] = [{ speaker: null, lines: [] }]
  for (const line of piece.lines) {
    const prefix = line.startsWith(guard) ? null : prefixOf(line)
    if (prefix && speakers.has(prefix.name))
      parts.push({ speaker: prefix.name, lines: prefix.rest === '' ? [] : [prefix.rest] })
    else parts.at(-1)?.lines.push(line)
  }
  return parts.filter(({ lines }) => lines.length > 0)
}
