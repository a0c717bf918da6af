import { languageName, type MessageKey } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Breadcrumbs, Button, Buttons, Form, freshForm, Layout, Notice, to, type PageContext } from '#ui/index.ts'
import { countOutcomes, type ReportLine } from '../exchange.ts'
import type { KeptImport } from '../store.ts'
import { written, type Outcome } from '../xliff/index.ts'
import { marksOf } from './text-parts.tsx'
import { fieldLabel } from './labels.tsx'

interface ImportPageProps {
  readonly context: PageContext
  readonly file: KeptImport
  readonly lines: readonly ReportLine[]
}

/** Lines that a person should look at are shown, up to so many; the others are counted. */
const mostShown = 300

/** What a file that came back would change, or has changed. */
export function ImportPage({ context, file, lines }: ImportPageProps) {
  const { t, lang } = context
  const counts = countOutcomes(lines)
  const count = lines.filter(({ outcome }) => written.has(outcome)).length
  const worthSeeing = lines.filter(({ outcome }) => !['same', 'empty', 'confirmed'].includes(outcome))
  const form = freshForm(context, {})
  return (
    <Layout context={context} area="desk" title={`${file.fileName} · ${t('xliff.report')}`}>
      <Breadcrumbs
        above={[
          { label: t('translation.title'), href: to(context, 'desk/translation') },
          { label: t('xliff.title'), href: to(context, 'desk/translation/exchange') },
        ]}
        context={context}
      />
      <p class="kicker">{t('xliff.report')}</p>
      <h1>
        <bdi>{file.fileName}</bdi>
      </h1>
      {file.appliedAt === null ? (
        <Notice>{t('xliff.dry', { count, language: languageName(file.lang, lang) })}</Notice>
      ) : (
        <Notice kind="good">
          {t('xliff.done', { count, at: formatInstant(file.appliedAt, lang, context.hub.timeZone) })}
        </Notice>
      )}
      <Counts counts={counts} context={context} />
      {file.appliedAt === null && count > 0 && (
        <Form form={form}>
          <Buttons>
            <Button>{t('xliff.apply', { count })}</Button>
          </Buttons>
        </Form>
      )}
      <Lines lines={worthSeeing.slice(0, mostShown)} into={file.lang} context={context} />
      {worthSeeing.length > mostShown && <p>{t('xliff.more', { count: worthSeeing.length - mostShown })}</p>}
    </Layout>
  )
}

/** How an outcome is said: in a word, and what it means. */
export const outcomes: Readonly<Record<Outcome, { readonly word: MessageKey; readonly text: MessageKey }>> = {
  new: { word: 'xliff.new', text: 'xliff.new.text' },
  replaced: { word: 'xliff.replaced', text: 'xliff.replaced.text' },
  behind: { word: 'xliff.behind', text: 'xliff.behind.text' },
  confirmed: { word: 'xliff.confirmed', text: 'xliff.confirmed.text' },
  same: { word: 'xliff.same', text: 'xliff.same.text' },
  kept: { word: 'xliff.kept', text: 'xliff.kept.text' },
  empty: { word: 'xliff.empty', text: 'xliff.empty.text' },
  partial: { word: 'xliff.partial', text: 'xliff.partial.text' },
  codes: { word: 'xliff.codes', text: 'xliff.codes.text' },
  original: { word: 'xliff.original', text: 'xliff.original.text' },
  unknownRecord: { word: 'xliff.unknownRecord', text: 'xliff.unknownRecord.text' },
  unknownField: { word: 'xliff.unknownField', text: 'xliff.unknownField.text' },
  twice: { word: 'xliff.twice', text: 'xliff.twice.text' },
}

/** Outcomes in the order in which they are told. */
export const outcomeOrder: readonly Outcome[] = [
  'new',
  'replaced',
  'behind',
  'confirmed',
  'kept',
  'same',
  'empty',
  'partial',
  'codes',
  'original',
  'unknownRecord',
  'unknownField',
  'twice',
]

function Counts({ counts, context: { t } }: { counts: ReadonlyMap<Outcome, number>; context: PageContext }) {
  return (
    <table>
      <tbody>
        {outcomeOrder.map((outcome) => {
          const count = counts.get(outcome)
          if (count === undefined) return null
          return (
            <tr>
              <th scope="row">{t(outcomes[outcome].word)}</th>
              <td>{t('translation.number', { count })}</td>
              <td>{t(outcomes[outcome].text)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Lines({ lines, into, context }: { lines: readonly ReportLine[]; into: string; context: PageContext }) {
  const { t } = context
  if (lines.length === 0) return null
  return (
    <>
      <h2>{t('xliff.lines')}</h2>
      {lines.map(({ recordId, name, field, line, outcome, theirs, ours }) => (
        <section class="pair">
          <h3>
            {t(outcomes[outcome].word)}
            {': '}
            <bdi>{name}</bdi> · {fieldLabel(field, context)}
          </h3>
          <p class="quiet">{t('xliff.place', { line, unit: field, record: recordId })}</p>
          <div class="two">
            {theirs !== null && <Side title={t('xliff.theirs')} text={theirs} lang={into} />}
            {ours !== null && ours !== theirs && <Side title={t('xliff.ours')} text={ours} lang={into} />}
          </div>
        </section>
      ))}
    </>
  )
}

function Side({ title, text, lang }: { title: string; text: string; lang: string }) {
  return (
    <div>
      <p class="label">{title}</p>
      <div class="verbatim" {...marksOf(lang)}>
        {text}
      </div>
    </div>
  )
}
