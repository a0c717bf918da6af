import type { LanguageState } from '#features/records/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { Button, Buttons, Form, freshForm, LanguagesTable, Notice, Section, Text, type PageContext } from '#ui/index.ts'
import type { CheckLine } from '../kind.ts'
import type { PickOption } from '../picks.ts'
import { RecordFrame, recordPath, type Framed } from './record-frame.tsx'

interface PublishPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly checks: readonly CheckLine[]
  readonly languages: readonly LanguageState[]
  /** Languages of the hub in which the record cannot be read at all. */
  readonly absent: readonly string[]
  /** Drafts that will be published with it. */
  readonly parts: readonly PickOption[]
  readonly outcome: 'published' | 'withdrawn' | 'refused' | null
}

/** What is missing before a record is published, what goes with it, and the two verbs that change what the public sees. */
export function PublishPage(props: PublishPageProps) {
  const { context, framed, checks, languages, absent, parts, outcome } = props
  const { t } = context
  const isPublic = framed.status === 'published'
  return (
    <RecordFrame
      context={context}
      framed={framed}
      screen="publish"
      title={t(isPublic ? 'desk.published' : 'desk.publish')}
    >
      {/* What was merged lacks nothing: the frame says why it stays withdrawn. */}
      {framed.mergedInto === null && (
        <>
          <Outcome outcome={outcome} context={context} />
          <h2>{t('desk.checks')}</h2>
          <Checks checks={checks} id={framed.id} context={context} />
        </>
      )}
      <Section title={t('languages.title')}>
        <LanguagesTable rows={languages} alternates={{}} context={context} />
        {absent.length > 0 && (
          <ul>
            {absent.map((lang) => (
              <li>{t('desk.absent', { language: languageName(lang, context.lang) })}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('desk.partsToo')}>
        {parts.length > 0 && (
          <ul>
            {parts.map((part) => (
              <li>
                <a href={recordPath(context, part.value)}>
                  <Text of={part.label} lang={context.lang} />
                </a>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Verbs {...props} isPublic={isPublic} />
    </RecordFrame>
  )
}

interface ChecksProps extends Pick<PublishPageProps, 'checks' | 'context'> {
  readonly id: string
}

function Checks({ checks, id, context }: ChecksProps) {
  const { t } = context
  if (checks.length === 0) return <p>{t('desk.checks.good')}</p>
  return (
    <ul class="checks">
      {checks.map(({ level, message, values, at }) => (
        <li class={level}>
          <strong>{t(`desk.check.${level}`)}</strong> <a href={recordPath(context, id, at)}>{t(message, values)}</a>
        </li>
      ))}
    </ul>
  )
}

function Outcome({ outcome, context: { t } }: Pick<PublishPageProps, 'outcome' | 'context'>) {
  if (outcome === null) return null
  if (outcome === 'refused') return <Notice kind="warning">{t('desk.publish.refused')}</Notice>
  return <Notice kind="good">{t(outcome === 'published' ? 'desk.publish.done' : 'desk.withdraw.done')}</Notice>
}

function Verbs({ context, framed, checks, parts, isPublic }: PublishPageProps & { isPublic: boolean }) {
  const { t } = context
  const isStopped = framed.mergedInto !== null || checks.some((check) => check.level === 'must')
  const form = freshForm(context, {})
  return (
    <>
      {(!isPublic || parts.length > 0) && !isStopped && (
        <Form form={form} action={recordPath(context, framed.id, 'publish')}>
          <Buttons>
            <Button>
              {t(
                isPublic
                  ? 'desk.publish.parts'
                  : framed.status === 'withdrawn'
                    ? 'desk.publish.again'
                    : 'desk.publish.now',
              )}
            </Button>
          </Buttons>
        </Form>
      )}
      {isPublic && (
        <Form form={form} action={recordPath(context, framed.id, 'withdraw')}>
          <p class="help">{t('desk.withdraw.help')}</p>
          <Buttons>
            <Button kind="danger">{t('desk.withdraw')}</Button>
          </Buttons>
        </Form>
      )}
    </>
  )
}
