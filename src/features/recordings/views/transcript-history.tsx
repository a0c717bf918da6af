import { actorName } from '#features/accounts/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Button, Buttons, Form, Section, type FormState, type PageContext } from '#ui/index.ts'
import type { Change } from '../transcript-desk/changes.ts'
import type { TranscriptStanding } from '../transcript-desk/standing.ts'

interface HistoryProps {
  readonly of: Pick<TranscriptStanding, 'changes' | 'undone' | 'undoable'>
  readonly form: FormState
  readonly actors: ReadonlyMap<string, string>
  readonly context: PageContext
}

/** What was changed in a transcript, newest first; each change can be undone. */
export function TranscriptHistory({ of: { changes, undone, undoable }, form, actors, context }: HistoryProps) {
  const { t, lang } = context
  if (changes.length === 0) return null
  return (
    <Section title={t('desk.transcript.history')}>
      <Form form={{ ...form, problems: [] }}>
        {undoable !== null && (
          <Buttons>
            <Button kind="plain" name="do" value={`undo:${undoable}`}>
              {t('desk.transcript.undoLast')}
            </Button>
          </Buttons>
        )}
        <ol>
          {changes.map(({ id, at, actor, change }) => (
            <li>
              <bdi>{actorName(actor, actors, t)}</bdi> ·{' '}
              <time datetime={at}>{formatInstant(at, lang, context.hub.timeZone)}</time> ·{' '}
              <Told of={change} context={context} />{' '}
              {undone.has(id) ? (
                <span class="quiet">{t('desk.transcript.undone')}</span>
              ) : (
                <Button
                  kind="plain"
                  name="do"
                  value={`undo:${id}`}
                  label={t('desk.transcript.undoOne', { number: id })}
                >
                  {t('desk.transcript.undo')}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </Form>
    </Section>
  )
}

function Told({ of, context: { t, lang } }: { readonly of: Change; readonly context: PageContext }) {
  switch (of.kind) {
    case 'lines':
      return <>{t('desk.transcript.toldLines', { number: of.at, before: of.before.length, after: of.after.length })}</>
    case 'shift':
      return (
        <>
          {t('desk.transcript.toldShift', {
            number: of.from,
            seconds: new Intl.NumberFormat(lang, { signDisplay: 'always', maximumFractionDigits: 3 }).format(
              of.by / 1000,
            ),
          })}
        </>
      )
    case 'file':
      return <>{t('desk.transcript.toldFile', { count: of.before })}</>
    case 'rename':
      return <>{t('desk.transcript.toldRename', { before: of.label ?? '–', after: of.to ?? '–' })}</>
  }
}
