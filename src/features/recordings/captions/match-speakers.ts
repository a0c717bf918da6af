/** Somebody whom a name may mean. */
export interface Candidate {
  readonly id: string
  readonly name: string
}

const titles = new Set(
  'dr prof professor mr mrs ms miss m mme mlle sr sra srta dra ing eng hon he ambassador ambassadeur minister الدكتور الدكتوره د السيد السيده الاستاذ الاستاذه ا م المهندس'.split(
    ' ',
  ),
)
const unlike: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ى: 'ي',
  ة: 'ه',
  ـ: '',
}

/** A name's words without accents, vowel signs and titles, in small letters. Initials keep one letter each (`J.-P.` is two words). */
function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđßæœıىةـ]/g, (letter) => unlike[letter] ?? letter)
  const words = plain.split(/[^\p{L}\p{Nd}]/u).filter(Boolean)
  const bare = words.filter((word) => !titles.has(word))
  // `M. Diallo` may be a title or an initial: with nothing but a family name left, the letter is kept.
  return bare.length < 2 ? words : bare
}

/** The name as it stands, then without what is said of the person behind it: `(IOM)`, `- Geneva`, `| IOM`, `, IOM`. */
function readings(name: string): string[] {
  const head = name.slice(0, 200)
  const bare = head.replace(/[([（][^)\]）]{0,100}[)\]）]/g, ' ')
  const cuts = [' - ', ' – ', ' — ', '|', '/', '@', ',', '،'].map((mark) => bare.indexOf(mark)).filter((at) => at > 0)
  return [...new Set([head, bare, ...(cuts.length > 0 ? [bare.slice(0, Math.min(...cuts))] : [])])]
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length > 0 && one.toSorted().join(' ') === other.toSorted().join(' ')

const isInitialOf = (one: string, other: string) => one.length === 1 && other.startsWith(one)

/** Every word of the shorter name is one of the longer's, or an initial of one; at least one is written out in both. */
function isLike(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length <= other.length ? [one, [...other]] : [other, [...one]]
  if (short.length < 2) return false
  let whole = 0
  const rest = short.filter((word) => {
    const at = word.length > 1 ? long.indexOf(word) : -1
    if (at < 0) return true
    long.splice(at, 1)
    whole += 1
    return false
  })
  if (whole === 0) return false
  return rest.every((word) => {
    const at = long.findIndex((longer) => isInitialOf(word, longer) || isInitialOf(longer, word))
    if (at >= 0) long.splice(at, 1)
    return at >= 0
  })
}

/**
 * Whom the names of a file mean: the id of the one person who has all words of the name in any order (`JONES Mary`, `Dr Mary Jones (IOM)`), else of the only one
 * whom initials or a left-out middle name fit (`Mary J.`). Null when nobody or more than one fits; a given name alone fits nobody.
 */
export function matchSpeakers(
  names: readonly string[],
  people: readonly Candidate[],
): ReadonlyMap<string, string | null> {
  const known = people.map(({ id, name }) => ({ id, words: wordsOf(name) }))
  return new Map(names.map((name) => [name, findPerson(name, known)]))
}

function findPerson(name: string, people: readonly { id: string; words: string[] }[]): string | null {
  const words = readings(name).map(wordsOf)
  for (const fits of [isSame, isLike]) {
    for (const reading of words) {
      const ids = new Set(people.filter((person) => fits(reading, person.words)).map(({ id }) => id))
      const [only] = ids
      if (only !== undefined) return ids.size === 1 ? only : null
    }
  }
  return null
}
