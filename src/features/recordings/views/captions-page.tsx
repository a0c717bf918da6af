import { RecordFrame, type Framed } from '#features/desk/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { formatClock } from '#platform/time.ts'
import {
  Button,
  Buttons,
  FactList,
  Form,
  Hidden,
  Notice,
  Section,
  Select,
  WideTable,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { ShownCaptions } from '../caption-desk/standing.ts'

interface CaptionsPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly captions: ShownCaptions
  readonly isSaved: boolean
}

/** What was read in the captions of a track, what is odd about it, and who the speakers in it are. */
export function CaptionsPage({ context, framed, form, captions, isSaved }: CaptionsPageProps) {
  const { t } = context
  const { state, reason } = captions
  return (
    <RecordFrame context={context} framed={framed} screen="captions" title={t('desk.captions')}>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      <p>{t('desk.captions.explain')}</p>
      {state === 'none' && <p class="quiet">{t('desk.captions.none')}</p>}
      {state === 'waiting' && <p class="quiet">{t('desk.media.waiting')}</p>}
      {reason !== null && <Notice kind="warning">{t(`desk.captions.reason.${reason}`)}</Notice>}
      {captions.isBehind && <Behind form={form} context={context} />}
      {state === 'read' && (
        <>
          <Warnings captions={captions} context={context} />
          <Facts captions={captions} context={context} />
          <Problems captions={captions} context={context} />
          <Speakers captions={captions} form={form} context={context} />
        </>
      )}
    </RecordFrame>
  )
}

function Behind({ form, context: { t } }: { readonly form: FormState; readonly context: PageContext }) {
  return (
    <>
      <Notice kind="warning">{t('desk.captions.behind')}</Notice>
      <Form form={{ ...form, problems: [] }}>
        <Hidden name="do" value="right" />
        <Buttons>
          <Button>{t('desk.captions.right')}</Button>
        </Buttons>
      </Form>
    </>
  )
}

interface PartProps {
  readonly captions: ShownCaptions
  readonly context: PageContext
}

function Warnings({ captions, context: { t, lang } }: PartProps) {
  const { otherLang, linesAfter: count, duration, lang: own } = captions
  return (
    <>
      {otherLang !== null && (
        <Notice kind="warning">
          {t('desk.captions.otherLanguage', { found: languageName(otherLang, lang), wanted: languageName(own, lang) })}
        </Notice>
      )}
      {count > 0 && duration !== null && (
        <Notice kind="warning">{t('desk.captions.beyond', { count, end: formatClock(duration, lang) })}</Notice>
      )}
    </>
  )
}

function Facts({ captions, context: { t, lang } }: PartProps) {
  const { format, cues, problemCount: count } = captions
  return (
    <FactList
      facts={[
        format !== null && { term: t('desk.captions.format'), value: t(`desk.captions.format.${format}`) },
        { term: t('desk.captions.lines'), value: new Intl.NumberFormat(lang).format(cues) },
        { term: t('desk.captions.odd'), value: t('desk.captions.oddCount', { count }) },
      ]}
    />
  )
}

function Problems({ captions: { problems, problemCount }, context: { t, lang } }: PartProps) {
  if (problems.length === 0) return null
  const head = [t('desk.captions.line'), t('desk.captions.done'), t('desk.captions.stands')]
  return (
    <Section title={t('desk.captions.odd')}>
      <WideTable label={t('desk.captions.odd')} head={head}>
        {problems.map(({ line, problem, excerpt }) => (
          <tr>
            <td>{new Intl.NumberFormat(lang).format(line)}</td>
            <td>{t(`desk.captions.problem.${problem}`)}</td>
            <td>
              <bdi>{excerpt}</bdi>
            </td>
          </tr>
        ))}
      </WideTable>
      {problemCount > problems.length && (
        <p class="quiet">{t('desk.captions.oddMore', { count: problemCount - problems.length })}</p>
      )}
    </Section>
  )
}

function Speakers({ captions, form, context: { t } }: PartProps & { readonly form: FormState }) {
  const { labels, people, isMoreLabels } = captions
  if (labels.length === 0) return <p class="quiet">{t('desk.captions.noSpeakers')}</p>
  return (
    <Section title={t('desk.captions.speakers')}>
      <p>{t('desk.captions.speakersExplain')}</p>
      {people.length === 0 && <p class="quiet">{t('desk.captions.noPeople')}</p>}
      {isMoreLabels && <p class="quiet">{t('desk.captions.speakersMore', { count: labels.length })}</p>}
      <Form form={form}>
        {labels.map(({ label, lines: count, isConfirmed }, index) => (
          <>
            <Hidden name={`label.${index}`} value={label} />
            <Select
              form={form}
              name={`person.${index}`}
              label={label}
              help={t(isConfirmed ? 'desk.captions.confirmed' : 'desk.captions.unconfirmed', { count })}
              none={t('desk.captions.nobody')}
              choices={people}
            />
          </>
        ))}
        <Buttons>
          <Button>{t('desk.captions.confirm')}</Button>
        </Buttons>
      </Form>
    </Section>
  )
}
