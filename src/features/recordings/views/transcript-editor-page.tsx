import { RecordFrame, type Framed } from '#features/desk/index.ts'
import { direction } from '#platform/i18n/index.ts'
import { formatClock } from '#platform/time.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Field,
  FieldSet,
  Form,
  Hidden,
  Icon,
  Notice,
  Section,
  Select,
  TextArea,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { STRETCH, type TranscriptStanding } from '../transcript-desk/standing.ts'
import { Hearing, STEP, TranscriptKeys } from './transcript-hearing.tsx'
import { TranscriptHistory } from './transcript-history.tsx'

interface EditorProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly standing: TranscriptStanding
  readonly actors: ReadonlyMap<string, string>
  readonly isSaved: boolean
  readonly isConflict: boolean
}

/** The lines of captions, a stretch at a time, beside what one hears; and what was changed in them so far. */
export function TranscriptEditorPage(props: EditorProps) {
  const { context, framed, standing, form } = props
  const { t, assets } = context
  const { heard } = standing
  return (
    <RecordFrame context={context} framed={framed} screen="transcript" title={t('desk.transcript')}>
      <p>{t('desk.transcript.explain')}</p>
      <transcript-editor
        step={String(STEP)}
        speed={t('recording.speed')}
        failed={t('desk.transcript.failed')}
        unsaved={t('desk.transcript.unsaved')}
      >
        {standing.count > 0 && <Hearing heard={heard} context={context} />}
        {standing.count > 0 && <TranscriptKeys heard={heard} context={context} />}
        <div class="work" tabIndex={-1} data-unsaved={form.isSent === true ? '' : undefined}>
          <Work {...props} />
        </div>
      </transcript-editor>
      {assets.transcriptJs && <script type="module" src={assets.transcriptJs} />}
    </RecordFrame>
  )
}

function Work(props: EditorProps) {
  const { context, standing, isSaved, isConflict, form, actors } = props
  const { t } = context
  return (
    <>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      {isConflict && <Notice kind="warning">{t('desk.transcript.conflict')}</Notice>}
      {standing.count === 0 ? (
        <EmptyState>{t('desk.transcript.empty')}</EmptyState>
      ) : (
        <>
          <Lines {...props} />
          <Stretches standing={standing} context={context} />
          <Shift {...props} />
          <Rename {...props} />
        </>
      )}
      <TranscriptHistory of={standing} form={form} actors={actors} context={context} />
    </>
  )
}

/** A form says what is wrong with its own fields: there are several on the page. */
const only = (form: FormState, fields: RegExp): FormState => ({
  ...form,
  problems: form.problems.filter(({ field }) => fields.test(field)),
})

function Lines({ context, form, standing }: EditorProps) {
  const { t } = context
  return (
    <Form form={only(form, /^line\./)} class="form lines">
      <Hidden name="seen" value={form.values['seen']?.[0] ?? ''} />
      {/* Enter in a field saves, and does nothing to a line. */}
      <Buttons>
        <Button name="do" value="save">
          {t('desk.transcript.save')}
        </Button>
      </Buttons>
      {standing.lines.map((line) => (
        <Line number={line.number} startsAt={line.startsAt} form={form} standing={standing} context={context} />
      ))}
      <Buttons>
        <Button name="do" value="save">
          {t('desk.transcript.save')}
        </Button>
      </Buttons>
    </Form>
  )
}

interface LineProps extends Pick<EditorProps, 'form' | 'standing' | 'context'> {
  readonly number: number
  readonly startsAt: number
}

function Line({ number, startsAt, form, standing, context: { t, lang } }: LineProps) {
  const name = `line.${number}.`
  const legend = t('desk.transcript.lineAt', { number, time: formatClock(startsAt, lang) })
  const deed = (value: 'split' | 'join' | 'insert' | 'delete') => (
    <Button
      kind={value === 'delete' ? 'danger' : 'plain'}
      name="do"
      value={`${value}:${number}`}
      label={t(`desk.transcript.${value}One`, { number })}
    >
      {t(`desk.transcript.${value}`)}
    </Button>
  )
  return (
    <FieldSet legend={legend}>
      <div class="row">
        <Field form={form} name={`${name}start`} label={t('desk.transcript.start')} required maxLength={20} />
        <Field form={form} name={`${name}end`} label={t('desk.transcript.end')} required maxLength={20} />
        <Field
          form={form}
          name={`${name}speaker`}
          label={t('desk.transcript.speaker')}
          maxLength={200}
          suggestions={standing.speakers}
        />
      </div>
      <div lang={standing.lang} dir={direction(standing.lang)}>
        <TextArea form={form} name={`${name}text`} label={t('desk.transcript.text')} rows={2} required />
      </div>
      <Buttons>
        {deed('split')}
        {deed('join')}
        {deed('insert')}
        {deed('delete')}
      </Buttons>
    </FieldSet>
  )
}

function Stretches({ standing: { first, count }, context: { t } }: Pick<EditorProps, 'standing' | 'context'>) {
  if (count <= STRETCH) return null
  const last = Math.min(count, first + STRETCH - 1)
  return (
    <nav aria-label={t('recording.parts')}>
      <p>{t('desk.transcript.shown', { first, last, count })}</p>
      {first > 1 && (
        <a href={`?from=${Math.max(1, first - STRETCH)}`} rel="prev">
          <Icon name="previous" /> {t('recording.earlier')}
        </a>
      )}{' '}
      {last < count && (
        <a href={`?from=${last + 1}`} rel="next">
          {t('recording.later')} <Icon name="next" />
        </a>
      )}
    </nav>
  )
}

function Shift({ context: { t }, form, standing }: EditorProps) {
  return (
    <Section title={t('desk.transcript.shift')}>
      <Form form={only(form, /^(by|of)$/)}>
        <div class="row">
          <Field
            form={form}
            name="by"
            label={t('desk.transcript.by')}
            help={t('desk.transcript.byHelp')}
            required
            maxLength={12}
          />
          <Field
            form={form}
            name="of"
            label={t('desk.transcript.of')}
            help={t('desk.transcript.ofHelp', { count: standing.count })}
            maxLength={8}
          />
        </div>
        <Buttons>
          <Button name="do" value="shift">
            {t('desk.transcript.shiftNow')}
          </Button>
        </Buttons>
      </Form>
    </Section>
  )
}

function Rename({ context: { t }, form, standing }: EditorProps) {
  if (standing.speakers.length === 0) return null
  return (
    <Section title={t('desk.transcript.rename')}>
      <Form form={only(form, /^(label|to)$/)}>
        <div class="row">
          <Select
            form={form}
            name="label"
            label={t('desk.transcript.speaker')}
            required
            choices={standing.speakers.map((value) => ({ value, label: value }))}
          />
          <Field
            form={form}
            name="to"
            label={t('desk.transcript.to')}
            help={t('desk.transcript.toHelp')}
            maxLength={200}
          />
        </div>
        <Buttons>
          <Button name="do" value="rename">
            {t('desk.transcript.renameNow')}
          </Button>
        </Buttons>
      </Form>
    </Section>
  )
}
