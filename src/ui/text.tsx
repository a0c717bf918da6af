import { toChildArray, type ComponentChildren } from 'preact'
import { direction, languageName, type Direction } from '#platform/i18n/index.ts'
import { renderMarkdown } from '#platform/text/index.ts'
import type { PageContext } from './context.ts'
import type { Words } from './values.ts'

interface LanguageMarks {
  lang?: string
  dir?: Direction
}

/** `lang` and `dir` for an element whose text is not in the page's language; nothing when it is. */
export function languageMarks(text: Words, pageLang: string): LanguageMarks {
  return text.lang === pageLang ? {} : { lang: text.lang, dir: direction(text.lang) }
}

/** A text inside a line, marked with its language and direction when they are not the page's. */
export function Text({ of, lang }: { of: Words; lang: string }) {
  return of.lang === lang ? <>{of.value}</> : <span {...languageMarks(of, lang)}>{of.value}</span>
}

/** The page's title as its `h1`. */
export function Title({ of, lang }: { of: Words; lang: string }) {
  return <h1 {...languageMarks(of, lang)}>{of.value}</h1>
}

/** What there is to say about a text's language and state, in the reader's words; null when there is nothing. */
function describeState(text: Words, { t, lang }: PageContext): string | null {
  const shown = languageName(text.lang, lang)
  if (text.lang !== lang) return t('text.otherLanguage', { wanted: languageName(lang, lang), shown })
  if (text.state === 'behind') return t('text.behind')
  return text.state === 'machine' ? t('text.machine') : null
}

/** The state of a text in a word or two: “Machine translation”. */
export function TextStateBadge({ state, context }: { state: Words['state']; context: PageContext }) {
  return <span class={`badge ${state}`}>{context.t(`state.${state}`)}</span>
}

interface ProseProps {
  readonly of: Words
  readonly context: PageContext
  /** Level of the heading above; headings inside begin one below. */
  readonly below?: number
  /** A text whose state the page has already told (usually its title): the same state is not told again. */
  readonly told?: Words
}

/** Says of a text that it is not in the reader's language, behind its source or machine-made; nothing when the page told it already. */
export function StateNote({ of, told, context }: Pick<ProseProps, 'of' | 'told' | 'context'>) {
  const isTold = told !== undefined && told.lang === of.lang && (of.state === told.state || of.lang !== context.lang)
  const note = isTold ? null : describeState(of, context)
  return note && <p class="state">{note}</p>
}

/** A Markdown text, after the note on its state. */
export function Prose({ of, context, below = 2, told }: ProseProps) {
  return (
    <>
      <StateNote of={of} context={context} {...(told && { told })} />
      <div
        class="prose"
        {...languageMarks(of, context.lang)}
        dangerouslySetInnerHTML={renderMarkdown(of.value, below)}
      />
    </>
  )
}

type NoticeKind = 'info' | 'good' | 'warning'

/** A message set apart from the text. `title` says what it is about. */
export function Notice({
  kind = 'info',
  title,
  children,
}: {
  kind?: NoticeKind
  title?: string
  children: ComponentChildren
}) {
  return (
    <div class={`notice ${kind}`}>
      {title && <p class="label">{title}</p>}
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  )
}

/**
 * The notice a page carries when its main text is not in the reader's language, behind or machine-made, and who translated what it
 * shows.
 */
export function StateNotice({ of, context }: { of: Words; context: PageContext }) {
  const note = describeState(of, context)
  return (
    <>
      {note && <Notice kind="warning">{note}</Notice>}
      <Credits context={context} />
    </>
  )
}

/** Stands for the names until each has become an element of its own. */
const PLACE = '\uFFFC'

/** Who translated what a page shows. Names are set apart, so that none turns the words around it. */
export function Credits({ context: { credits, lang, t } }: { context: PageContext }) {
  if (credits.length === 0) return null
  const [before, after] = t('text.translators', { names: PLACE }).split(PLACE)
  const parts = new Intl.ListFormat(lang, { type: 'conjunction' }).formatToParts(credits)
  return (
    <p class="quiet">
      {before}
      {parts.map(({ type, value }) => (type === 'element' ? <bdi>{value}</bdi> : value))}
      {after}
    </p>
  )
}

/** A part of a page under its heading; nothing at all when there is nothing in it. */
export function Section({ title, id, children }: { title: string; id?: string; children: ComponentChildren }) {
  if (toChildArray(children).length === 0) return null
  return (
    <section id={id}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
