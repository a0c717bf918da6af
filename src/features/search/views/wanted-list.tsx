import { actorName } from '#features/accounts/index.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { isolate, languageName } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Button, Buttons, Field, Form, Hidden, Section, to, type PageContext } from '#ui/index.ts'
import type { Wanted } from '../questions/store.ts'

/** A note as it was sent, and what is wrong with it. */
export interface SentNote {
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
}

interface WantedListProps {
  readonly wanted: readonly Wanted[]
  readonly actors: ReadonlyMap<string, string>
  readonly sent: SentNote | null
  readonly context: PageContext
}

/** What editors ask for, with a note on each, until somebody has seen to it. */
export function WantedList({ wanted, context, ...props }: WantedListProps) {
  return (
    <Section title={context.t('search.wanted.title')} id="wanted">
      {wanted.length > 0 && (
        <ul class="areas">
          {wanted.map((one) => (
            <li>
              <One wanted={one} context={context} {...props} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function One({ wanted, actors, sent, context }: Omit<WantedListProps, 'wanted'> & { readonly wanted: Wanted }) {
  const { t, lang, hub } = context
  const { id, what, words, note, at, actor } = wanted
  // As many fields as there are forms, each with an id of its own.
  const name = `note.w${id}`
  const isSent = sent?.values['id']?.[0] === String(id)
  const form = { ...(isSent && sent ? sent : { values: { [name]: [note] }, problems: [] }), context }
  return (
    <>
      <p>
        <strong>
          <bdi lang={wanted.lang}>{words}</bdi>
        </strong>
        {' · '}
        {t(`search.wanted.${what}`, { language: languageName(wanted.lang, lang) })}
        {' · '}
        <small>
          <time datetime={at}>{formatInstant(at, lang, hub.timeZone)}</time> <bdi>{actorName(actor, actors, t)}</bdi>
        </small>
      </p>
      <p>
        <WayOn wanted={wanted} context={context} />
      </p>
      <Form form={form} action={to(context, 'desk/search/questions')}>
        <Hidden name="id" value={String(id)} />
        <Field form={form} name={name} maxLength={500} label={t('search.wanted.note', { words: isolate(words) })} />
        <Buttons>
          <Button kind="plain" name="do" value="note" label={t('search.wanted.note.save', { words: isolate(words) })}>
            {t('form.save')}
          </Button>
          <Button kind="plain" name="do" value="end" label={t('search.wanted.end.one', { words: isolate(words) })}>
            {t('search.wanted.end')}
          </Button>
        </Buttons>
      </Form>
    </>
  )
}

/** Where what is wanted is made: the translation desk in that language, or the form of a new publication. */
function WayOn({ wanted: { what, lang }, context }: { wanted: Wanted; context: PageContext }) {
  const { t } = context
  const href = what === 'translation' ? `desk/translation?lang=${lang}&need=missing` : 'desk/records/new/publication'
  return <a href={to(context, href)}>{t(`search.wanted.way.${what}`)}</a>
}
