/** Questions as PostgreSQL writes them: a `tsquery`, as text. What is odd among these is a word, with its quotes. */
const partsOf = (query: string): string[] => query.split(/('(?:[^']|'')*')/)

const order = /<(?:-|\d+)>/g

/** The words that a question asks for, each once. */
export function wordsIn(query: string): string[] {
  const words = partsOf(query).filter((_, index) => index % 2 === 1)
  return [...new Set(words.map((word) => word.slice(1, -1).replaceAll("''", "'")))]
}

/** Whether a question asks for words in their order. */
export function isPhrase(query: string): boolean {
  return partsOf(query).some((part, index) => index % 2 === 0 && part.search(order) >= 0)
}

/** The question for what has no order and whose words stand behind a code: it finds all that the question finds, and more of phrases. */
export function withoutOrder(query: string, code: string): string {
  return partsOf(query)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(order, '&') : `'${code}${part.slice(1)}`))
    .join('')
}

/** Any of some questions; nothing is asked by none. */
export function anyOf(queries: readonly string[]): string {
  return [...new Set(queries)]
    .filter((query) => query !== '')
    .map((query) => `(${query})`)
    .join(' | ')
}
