import { diffWordsWithSpace } from 'diff'
import { readFileRef } from '#features/files/index.ts'
import type { TextValue } from '#features/records/index.ts'
import { direction, languageName, regionName } from '#platform/i18n/index.ts'
import { formatDay, formatInstant } from '#platform/time.ts'
import { Text, type FormLabels, type PageContext } from '#ui/index.ts'
import { isPicked, type DeskKind, type Fact, type FactValue } from '../kind.ts'

/** Names of records, by id, for values that hold ids. */
export type Names = ReadonlyMap<string, TextValue>

interface ValueProps {
  /** Name in the form: `text.title`, `fact.form`, `slug`. */
  readonly name: string
  readonly value: FactValue
  readonly kind: DeskKind
  readonly lang: string | null
  readonly names: Names
  readonly zone: string
  readonly context: PageContext
}

/** The fact that a name in the form stands for. */
export function factOf(kind: DeskKind, name: string): Fact | undefined {
  return name.startsWith('fact.') ? kind.facts.find((fact) => `fact.${fact.name}` === name) : undefined
}

/** What a field is called. */
export function labelOf(kind: DeskKind, name: string, { t }: PageContext): string {
  const fact = factOf(kind, name)
  if (fact) return t(fact.label)
  if (name === 'slug') return t('desk.slug')
  if (name === 'visibility') return t('desk.visibility')
  const screen = kind.screens?.find(({ path }) => name === `fact.${path}`)
  if (screen) return t(screen.label)
  const text = kind.texts[name.replace(/^text\./, '')]
  return text ? t(text.label) : name.replace(/^(text|fact)\./, '')
}

/** What the fields of a record's form are called. */
export function labelsOf(kind: DeskKind, context: PageContext): FormLabels {
  return (field) => (field === 'lang' ? context.t('desk.sourceLang') : labelOf(kind, field, context))
}

/** A value in words: names for ids, labels for choices, days as they are said. */
export function ValueWords({ name, value, kind, lang, names, zone, context }: ValueProps) {
  if (value.length === 0) return <span class="quiet">{context.t('desk.nothing')}</span>
  const fact = factOf(kind, name)
  if (!fact) return <TextWords text={value.join('\n')} lang={lang} />
  const items = value.map((one) => wordsOf(fact, one, names, zone, context))
  if (items.length === 1) return <>{items[0]}</>
  return (
    <ul>
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  )
}

function wordsOf(fact: Fact, value: string, names: Names, zone: string, context: PageContext) {
  const { t, lang } = context
  if (fact.type === 'places' || fact.type === 'country') return regionName(value, lang)
  if (isPicked(fact)) {
    const label = names.get(value)
    return label ? <Text of={label} lang={lang} /> : value
  }
  switch (fact.type) {
    case 'select':
    case 'choices': {
      const choice = fact.choices.find((one) => one.value === value)
      return choice ? t(choice.label) : value
    }
    case 'flag':
      return t('desk.yes')
    case 'day':
      return formatDay(value, lang)
    case 'instant':
      return formatInstant(value, lang, zone)
    case 'language':
      return languageName(value, lang)
    case 'file':
      return <FileWords line={value} />
    default:
      return value
  }
}

/** A file by its name and, as others may be called the same, the beginning of its hash. */
function FileWords({ line }: { line: string }) {
  const ref = readFileRef(line)
  if (!ref) return <>{line}</>
  return (
    <>
      <bdi>{ref.name}</bdi> <small class="quiet">SHA-256 {ref.sha256.slice(0, 16)}…</small>
    </>
  )
}

function TextWords({ text, lang }: { text: string; lang: string | null }) {
  return (
    <div class="plain" {...(lang !== null && { lang, dir: direction(lang) })}>
      {text}
    </div>
  )
}

/** Longer than this, a difference word by word takes longer than a page may; both are shown whole. */
const longest = 20_000

/** What changed between two texts, word by word: struck out, and underlined. */
export function TextDifference({ before, after, lang }: { before: string; after: string; lang: string | null }) {
  const marks = lang === null ? {} : { lang, dir: direction(lang) }
  const parts =
    before.length + after.length > longest
      ? undefined
      : diffWordsWithSpace(before, after, { timeout: 200, ...segmenterFor(lang) })
  return (
    <div class="plain" {...marks}>
      {parts === undefined ? (
        <>
          <del>{before}</del>
          {'\n'}
          <ins>{after}</ins>
        </>
      ) : (
        parts.map(({ added, removed, value }) => (added ? <ins>{value}</ins> : removed ? <del>{value}</del> : value))
      )}
    </div>
  )
}

/** Scripts that write without spaces are cut into words as their language does. */
function segmenterFor(lang: string | null): { intlSegmenter?: Intl.Segmenter } {
  if (lang === null || !/^(zh|ja|th|km|lo|my)\b/.test(lang)) return {}
  return { intlSegmenter: new Intl.Segmenter(lang, { granularity: 'word' }) }
}
