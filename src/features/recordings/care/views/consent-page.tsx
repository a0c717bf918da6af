import { actorName } from '#features/accounts/index.ts'
import { RecordFrame, recordPath, type Framed } from '#features/desk/index.ts'
import type { TextValue } from '#features/records/index.ts'
import { isolate } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import {
  Button,
  Buttons,
  ChoiceGroup,
  EmptyState,
  FactList,
  Form,
  Hidden,
  Notice,
  Text,
  TextArea,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { fieldsOf } from '../consent/form.ts'
import type { AskedSession, AskedSpeaker } from '../consent/standing.ts'
import { consentPurposes, countOpen, holdsBackMedia, holdsBackWords, type Noted, type NotedField } from '../domain.ts'

interface ConsentPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  /** Every session that the recording holds. */
  readonly sessions: readonly AskedSession[]
  /** The one whose form is shown; null: there is none. */
  readonly session: AskedSession | null
  readonly seminarId: string
  /** What sessions and people are called, by their ids. */
  readonly names: ReadonlyMap<string, TextValue>
  readonly actors: ReadonlyMap<string, string>
  readonly isSaved: boolean
  /** What somebody else has noted meanwhile, by person. */
  readonly disputed: ReadonlyMap<string, readonly NotedField[]>
}

/** What everybody who speaks in a session has agreed to, and the form that notes it; the recording's other sessions beside it. */
export function ConsentPage(props: ConsentPageProps) {
  const { context, framed, session, isSaved, disputed } = props
  const { t } = context
  return (
    <RecordFrame context={context} framed={framed} screen="consent" title={t('desk.consent')}>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      {disputed.size > 0 && <Notice kind="warning">{t('desk.consent.conflict')}</Notice>}
      <p>{t('desk.consent.explain')}</p>
      <p>{t('desk.consent.explainNames')}</p>
      <Sessions {...props} />
      {session === null ? (
        <EmptyState>{t('desk.consent.noSessions')}</EmptyState>
      ) : (
        <>
          <h2>
            <SessionName of={session} {...props} />
          </h2>
          {session.speakers.length === 0 ? <Nobody {...props} /> : <Answers {...props} session={session} />}
        </>
      )}
    </RecordFrame>
  )
}

function SessionName({ of, names, context: { t, lang } }: ConsentPageProps & { readonly of: AskedSession }) {
  const name = names.get(of.id)
  return (
    <>
      {t('session.number', { number: of.number })} {name && <Text of={name} lang={lang} />}
    </>
  )
}

function Sessions(props: ConsentPageProps) {
  const { context, framed, sessions, session } = props
  const { t } = context
  if (sessions.length < 2) return null
  return (
    <nav aria-label={t('desk.consent.sessions')}>
      <ul class="rows">
        {sessions.map((one) => {
          const count = one.speakers.filter((speaker) => speaker.isOnAgenda && countOpen(speaker.noted) > 0).length
          return (
            <li>
              <a
                href={`${recordPath(context, framed.id, 'consent')}?session=${one.number}`}
                aria-current={one.id === session?.id ? 'page' : undefined}
              >
                <SessionName of={one} {...props} />
              </a>{' '}
              <small>{t('desk.consent.open', { count })}</small>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function Nobody({ context, seminarId }: ConsentPageProps) {
  const { t } = context
  return (
    <EmptyState action={{ label: t('seminar.agenda'), href: recordPath(context, seminarId, 'agenda') }}>
      {t('desk.consent.nobody')}
    </EmptyState>
  )
}

function Answers(props: ConsentPageProps & { readonly session: AskedSession }) {
  const { context, framed, form, session, names } = props
  const { t } = context
  const labels = (field: string) => {
    const speaker = session.speakers.find((one) => field.startsWith(fieldsOf(session, one)))
    const asked = [...consentPurposes, 'note' as const].find((name) => field.endsWith(`.${name}`))
    if (!speaker || !asked) return undefined
    return t('desk.consent.of', { name: isolate(nameIn(names, speaker)), field: t(`desk.consent.${asked}`) })
  }
  return (
    <Form form={form} action={`${recordPath(context, framed.id, 'consent')}?session=${session.number}`} labels={labels}>
      {session.speakers.map((speaker) => (
        <Speaker speaker={speaker} {...props} />
      ))}
      <Buttons>
        <Button>{t('desk.consent.save')}</Button>
      </Buttons>
    </Form>
  )
}

const nameIn = (names: ConsentPageProps['names'], { personId }: AskedSpeaker) => names.get(personId)?.value ?? personId

interface SpeakerProps extends ConsentPageProps {
  readonly session: AskedSession
  readonly speaker: AskedSpeaker
}

function Speaker({ speaker, session, context, form, names, actors, disputed }: SpeakerProps) {
  const { t, lang } = context
  const name = fieldsOf(session, speaker)
  const called = names.get(speaker.personId)
  const choices = [
    { value: 'given', label: t('desk.consent.given') },
    { value: 'refused', label: t('desk.consent.refused') },
    { value: '', label: t('desk.consent.unasked') },
  ]
  return (
    <fieldset class="set">
      <legend>{called ? <Text of={called} lang={lang} /> : speaker.personId}</legend>
      <Standing of={speaker} actors={actors} context={context} />
      <Meanwhile of={speaker} fields={disputed.get(speaker.personId) ?? []} actors={actors} context={context} />
      <Hidden name={`${name}was`} value={form.values[`${name}was`]?.[0] ?? ''} />
      <div class="answers">
        {consentPurposes.map((purpose) => (
          <ChoiceGroup
            form={form}
            kind="radio"
            name={`${name}${purpose}`}
            label={t(`desk.consent.${purpose}`)}
            choices={choices}
          />
        ))}
      </div>
      <TextArea
        form={form}
        name={`${name}note`}
        label={t('desk.consent.note')}
        help={t('desk.consent.noteHelp')}
        rows={2}
      />
    </fieldset>
  )
}

interface NotedProps {
  readonly of: AskedSpeaker
  readonly actors: ReadonlyMap<string, string>
  readonly context: PageContext
}

/** Who noted the answers and when, and what follows from them now. */
function Standing({ of: { noted, by, isOnAgenda }, actors, context: { t, lang, hub } }: NotedProps) {
  const follows = [
    ...(holdsBackMedia(noted) ? [t('desk.consent.holdsMedia')] : []),
    ...(holdsBackWords(noted) ? [t('desk.consent.holdsWords')] : []),
  ]
  return (
    <>
      {!isOnAgenda && <p class="quiet">{t('desk.consent.offAgenda')}</p>}
      {follows.map((words) => (
        <p>
          <strong>{words}</strong>
        </p>
      ))}
      <p class="quiet">
        {by === null
          ? t('desk.consent.never')
          : t('desk.consent.noted', {
              date: formatInstant(by.at, lang, hub.timeZone),
              name: isolate(actorName(by.actor, actors, t)),
            })}
      </p>
    </>
  )
}

/** What somebody else has noted since the form was opened, where it is not what was typed. */
function Meanwhile({ of: { noted, by }, fields, actors, context }: NotedProps & { fields: readonly NotedField[] }) {
  const { t } = context
  if (fields.length === 0 || by === null) return null
  return (
    <Notice kind="warning" title={t('desk.consent.meanwhile', { name: isolate(actorName(by.actor, actors, t)) })}>
      <FactList
        facts={fields.map((field) => ({ term: t(`desk.consent.${field}`), value: valueOf(field, noted, context) }))}
      />
    </Notice>
  )
}

function valueOf(field: NotedField, noted: Noted, { t }: PageContext) {
  if (field === 'note') return noted.note === '' ? t('desk.nothing') : <span class="plain">{noted.note}</span>
  return t(`desk.consent.${noted[field] ?? 'unasked'}`)
}
