import { languageName } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  Form,
  Hidden,
  Layout,
  Notice,
  Text,
  TextArea,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { Refused } from '../actions.ts'
import type { Change } from '../changes.ts'
import { markOf, type Pair, type PairedRecord, type PairText } from '../domain.ts'
import { marksOf } from './desk-page.tsx'
import { fieldLabel, kindLabel, StateMark } from './labels.tsx'

interface EditPageProps {
  readonly context: PageContext
  readonly record: PairedRecord
  /** The language that is written. */
  readonly into: string
  readonly form: FormState
  /** What was not written, when the form comes back. */
  readonly refused: readonly Refused[]
  /** How many texts were just saved. */
  readonly saved: number | null
  readonly names: ReadonlyMap<string, string>
}

/** One record's texts in one language, each beside its source. */
export function EditPage({ context, record, into, form, refused, saved, names }: EditPageProps) {
  const { t, lang } = context
  const title = t('translation.into', { language: languageName(into, lang) })
  const open = record.pairs.filter(({ text }) => text && text.state !== 'current')
  return (
    <Layout context={context} area="desk" title={`${record.name.value} · ${title}`}>
      <Breadcrumbs
        above={[{ label: t('translation.title'), href: to(context, `desk/translation?lang=${into}`) }]}
        context={context}
      />
      <p class="kicker">{kindLabel(record.kind, context)}</p>
      <h1>
        <Text of={record.name} lang={lang} /> <small>{title}</small>
      </h1>
      {saved !== null && <Notice kind="good">{t('translation.saved', { count: saved })}</Notice>}
      {refused.some(({ verdict }) => verdict !== 'emptied') && (
        <Notice kind="warning" title={t('translation.conflict.title')}>
          {t('translation.conflict.text')}
        </Notice>
      )}
      <Credits record={record} names={names} context={context} />
      <Form form={form} class="pairs" keep={`${record.id}/${into}`}>
        {record.pairs.map((pair) => (
          <PairFields
            pair={pair}
            into={into}
            form={form}
            refused={refused.find(({ field }) => field === pair.field)}
            names={names}
          />
        ))}
        <Buttons>
          <Button>{t('form.save')}</Button>
          <Button kind="plain" name="go" value="next">
            {t('translation.saveAndNext')}
          </Button>
          {open.length > 1 && (
            <Button kind="plain" name="right" value="*">
              {t('translation.allRight')}
            </Button>
          )}
          <a href={to(context, `desk/translation/next?lang=${into}&after=${record.id}`)}>{t('translation.next')}</a>
          <a href={to(context, `desk/translation/export.xlf?into=${into}&record=${record.id}&what=all`)}>
            {t('xliff.one')}
          </a>
          {record.href !== null && <a href={record.href}>{t('translation.seePage')}</a>}
        </Buttons>
      </Form>
    </Layout>
  )
}

interface CreditsProps {
  readonly record: PairedRecord
  readonly names: ReadonlyMap<string, string>
  readonly context: PageContext
}

/** Who has translated what there is. */
function Credits({ record, names, context }: CreditsProps) {
  const people = new Set(
    record.pairs.flatMap(({ text }) =>
      text && text.state !== 'machine' ? (creditOf(text, names, context) ?? []) : [],
    ),
  )
  if (people.size === 0) return null
  return <p class="quiet">{context.t('translation.by', { names: listOf([...people], context.lang) })}</p>
}

const listOf = (items: readonly string[], lang: string) => new Intl.ListFormat(lang).format(items)

/** The name of whoever wrote a text; null when no account did (what came with the hub, an import). */
function creditOf({ updatedBy }: PairText, names: ReadonlyMap<string, string>, { t }: PageContext): string | null {
  if (!updatedBy.startsWith('usr_')) return null
  return names.get(updatedBy) ?? t('translation.formerMember')
}

interface PairProps {
  readonly pair: Pair
  readonly into: string
  readonly form: FormState
  readonly refused: Refused | undefined
  readonly names: ReadonlyMap<string, string>
}

function PairFields({ pair, into, form, refused, names }: PairProps) {
  const { context } = form
  const { t, lang } = context
  const { field, source, text } = pair
  const label = fieldLabel(field, context)
  const canBeRight = text !== null && text.state !== 'current'
  return (
    <section class="pair" aria-labelledby={`h-${field}`}>
      <h2 id={`h-${field}`}>
        {label} <StateMark state={text?.state ?? 'missing'} context={context} />
      </h2>
      <div class="two">
        <div class="source-side">
          <p class="label">{languageName(source.lang, lang)}</p>
          <Source pair={pair} context={context} />
        </div>
        <div>
          {refused && text && <Theirs text={text} into={into} names={names} context={context} />}
          {refused?.changes && <Changes of={refused.changes} lang={source.lang} context={context} />}
          <TextArea
            form={form}
            name={`texts.${field}`}
            label={languageName(into, lang)}
            required
            lang={into}
            rows={rowsFor(source.value)}
            markdown={pair.markdown}
          />
          <Hidden name={`base.${field}`} value={markOf(text?.value)} />
          <Hidden name={`source.${field}`} value={source.hash} />
          {text && <Made text={text} names={names} context={context} />}
          {canBeRight && (
            <Button kind="plain" name="right" value={field} label={`${t('translation.stillRight')}: ${label}`}>
              {t('translation.stillRight')}
            </Button>
          )}
        </div>
      </div>
    </section>
  )
}

/** As high as its source: a line for about sixty letters. */
function rowsFor(value: string): number {
  const lines = value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 60)), 0)
  return Math.min(30, Math.max(2, lines + 1))
}

/** The source as it is; where it changed since the translation, with the changes marked, and clean below. */
function Source({ pair, context }: { pair: Pair; context: PageContext }) {
  const { t } = context
  const { source, changes, text } = pair
  const clean = (
    <div class="verbatim" {...marksOf(source.lang)}>
      {source.value}
    </div>
  )
  if (changes) {
    return (
      <>
        <p class="quiet">{t('translation.changes')}</p>
        <Changes of={changes} lang={source.lang} context={context} />
        <details>
          <summary>{t('translation.sourceNow')}</summary>
          {clean}
        </details>
      </>
    )
  }
  return (
    <>
      {text?.state === 'behind' && <p class="quiet">{t('translation.noBase')}</p>}
      {clean}
    </>
  )
}

/** A text with what went and what came; said in words to those who do not see the marks. */
function Changes({ of, lang, context }: { of: readonly Change[]; lang: string; context: PageContext }) {
  const { t } = context
  const said = (words: string) => (
    <span class="unseen" lang={context.lang}>
      [{words}]{' '}
    </span>
  )
  return (
    <div class="verbatim" {...marksOf(lang)}>
      {of.map(({ kind, text }) => {
        if (kind === 'same') return text
        if (kind === 'added') {
          return (
            <ins>
              {said(t('translation.added'))}
              {text}
            </ins>
          )
        }
        return (
          <del>
            {said(t('translation.removed'))}
            {text}
          </del>
        )
      })}
    </div>
  )
}

interface TextNote {
  readonly text: PairText
  readonly names: ReadonlyMap<string, string>
  readonly context: PageContext
}

/** When a text was written, and by whom. */
function Made({ text, names, context }: TextNote) {
  const name = creditOf(text, names, context)
  const at = formatInstant(text.updatedAt, context.lang, context.hub.timeZone)
  const { t } = context
  if (text.state === 'machine') return <p class="quiet">{t('translation.madeByMachine', { at })}</p>
  return <p class="quiet">{name === null ? t('translation.madeAt', { at }) : t('translation.madeBy', { name, at })}</p>
}

/** What stands there now, beside what was typed: somebody else wrote it meanwhile. */
function Theirs({ text, into, names, context }: TextNote & { into: string }) {
  return (
    <Notice kind="warning" title={context.t('translation.theirs')}>
      <div class="verbatim" {...marksOf(into)}>
        {text.value}
      </div>
      <Made text={text} names={names} context={context} />
    </Notice>
  )
}
