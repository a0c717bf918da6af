import { IntlMessageFormat } from 'intl-messageformat'
import type { Catalogue } from './catalogues.ts'

/** What is wrong with one message of a catalogue. */
export interface CatalogueProblem {
  readonly key: string
  readonly kind: 'missing' | 'extra' | 'unreadable' | 'placeholders' | 'plurals' | 'empty'
  readonly detail: string
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Element types of `@formatjs/icu-messageformat-parser` that stand for words and for `#`: they need no value. */
const withoutValue: readonly number[] = [0, 7]

/** Compares a catalogue with the source's, message by message. `lang` decides which plural forms it needs. */
export function checkCatalogue(lang: string, messages: Catalogue, source: Catalogue): CatalogueProblem[] {
  const extra = Object.keys(messages)
    .filter((key) => source[key] === undefined)
    .map((key): CatalogueProblem => ({ key, kind: 'extra', detail: 'The source has no such key.' }))
  const others = Object.entries(source).flatMap(([key, original]) => checkMessage(lang, key, messages[key], original))
  return [...others, ...extra]
}

function checkMessage(lang: string, key: string, message: string | undefined, original: string): CatalogueProblem[] {
  if (message === undefined) return [{ key, kind: 'missing', detail: 'It is not translated.' }]
  if (message.trim() === '') return [{ key, kind: 'empty', detail: 'It says nothing.' }]
  const own = parse(message, lang)
  if (!own.ok) return [{ key, kind: 'unreadable', detail: own.error }]
  const theirs = parse(original, 'en')
  const wanted = theirs.ok ? placeholders(theirs.elements) : ''
  const found = placeholders(own.elements)
  const problems: CatalogueProblem[] = []
  if (found !== wanted)
    problems.push({ key, kind: 'placeholders', detail: `It has ${found}; the source has ${wanted}.` })
  return [...problems, ...pluralProblems(lang, key, own.elements)]
}

type Parsed = { ok: true; elements: readonly Element[] } | { ok: false; error: string }

function parse(message: string, lang: string): Parsed {
  try {
    return { ok: true, elements: new IntlMessageFormat(message, lang, undefined, { ignoreTag: true }).getAst() }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) }
  }
}

/** Names of the values a message needs, sorted: `{count} {name}`. */
function placeholders(elements: readonly Element[]): string {
  const found = new Set<string>()
  walk(elements, (element) => {
    if (!withoutValue.includes(element.type) && 'value' in element) found.add(element.value)
  })
  return (
    [...found]
      .sort()
      .map((name) => `{${name}}`)
      .join(' ') || 'none'
  )
}

function pluralProblems(lang: string, key: string, elements: readonly Element[]): CatalogueProblem[] {
  const problems: CatalogueProblem[] = []
  walk(elements, (element) => {
    if (!('pluralType' in element)) return
    const type = element.pluralType ?? 'cardinal'
    const needed = new Intl.PluralRules(lang, { type }).resolvedOptions().pluralCategories
    const missing = needed.filter((category) => !element.options[category])
    const detail = `{${element.value}} lacks the ${type} forms ${missing.join(', ')}.`
    if (missing.length > 0) problems.push({ key, kind: 'plurals', detail })
  })
  return problems
}

function walk(elements: readonly Element[], visit: (element: Element) => void): void {
  for (const element of elements) {
    visit(element)
    if ('options' in element) {
      for (const option of Object.values(element.options)) walk(option.value, visit)
    }
  }
}
