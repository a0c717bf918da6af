import type { Account } from '#features/accounts/index.ts'
import { languageName, type MessageKey } from '#platform/i18n/index.ts'
import { dayOf, formatDay } from '#platform/time.ts'
import {
  Button,
  Buttons,
  Checkbox,
  type Choice,
  ChoiceGroup,
  Code,
  FactList,
  Form,
  type FormState,
  Hidden,
  Section,
  to,
} from '#ui/index.ts'
import { AdminFrame } from './frame.tsx'
import { GrantFields } from './grants.tsx'

interface PersonPageProps {
  readonly form: FormState
  readonly person: Account
  /** The administrator looks at their own account. */
  readonly isSelf: boolean
  readonly languages: readonly string[]
  readonly seminars: readonly Choice[]
  readonly done: MessageKey | null
}

/** One account: what is known of it, what it may do, and keeping it out. */
export function PersonPage({ form, person, isSelf, languages, seminars, done }: PersonPageProps) {
  const { context } = form
  const { t, lang, hub } = context
  const above = [{ label: t('admin.people.title'), href: to(context, 'admin/people') }]
  const path = `admin/people/${person.id}`
  const day = (at: string) => formatDay(dayOf(at, hub.timeZone), lang)
  const isAdmin = person.grants.some(({ role }) => role === 'admin')
  return (
    <AdminFrame
      context={context}
      title={person.name === '' ? t('admin.people.former') : person.name}
      above={above}
      done={done}
    >
      <FactList
        facts={[
          person.email !== null && { term: t('admin.people.email'), value: <Code>{person.email}</Code> },
          {
            term: t('admin.people.status'),
            value: <span class={`badge ${person.status}`}>{t(`admin.people.status.${person.status}`)}</span>,
          },
          { term: t('admin.people.lang'), value: languageName(person.lang, lang) },
          { term: t('admin.people.factor'), value: t(person.hasSecondFactor ? 'admin.yes' : 'admin.no') },
          { term: t('admin.people.passkeys'), value: person.passkeys },
          { term: t('admin.people.since'), value: day(person.createdAt) },
          { term: t('admin.people.seen'), value: person.seenAt === null ? t('admin.never') : day(person.seenAt) },
        ]}
      />
      <p>
        <a href={`${to(context, 'admin/audit')}?actor=${person.id}`}>{t('admin.people.deeds')}</a>
        {' · '}
        <a href={`${to(context, 'admin/audit')}?subject=${person.id}`}>{t('admin.people.about')}</a>
      </p>
      {person.status !== 'erased' && (
        <>
          <Section title={t('admin.people.roles')}>
            <Form form={form} action={to(context, `${path}/roles`)}>
              <GrantFields form={form} held={person.grants} languages={languages} seminars={seminars} />
              {isSelf && isAdmin && <Checkbox form={form} name="confirm" label={t('admin.people.confirm')} />}
              <Buttons>
                <Button>{t('form.save')}</Button>
              </Buttons>
            </Form>
          </Section>
          <Section title={t('admin.people.access')}>
            <AccessButtons person={person} isSelf={isSelf} form={form} />
          </Section>
          {!isSelf && (
            <Section title={t('admin.people.erase')}>
              <EraseFields person={person} form={form} />
            </Section>
          )}
        </>
      )}
    </AdminFrame>
  )
}

function AccessButtons({ person, isSelf, form: { context } }: Pick<PersonPageProps, 'person' | 'isSelf' | 'form'>) {
  const { t } = context
  const path = (deed: string) => to(context, `admin/people/${person.id}/${deed}`)
  const isOut = person.status === 'suspended'
  return (
    <>
      <p>{t('admin.people.access.help')}</p>
      <form method="post" action={path('end-visits')}>
        <Hidden name="id" value={person.id} />
        <Buttons>
          <Button kind="plain">{t('admin.people.endVisits')}</Button>
          {!isSelf && (
            <Button kind={isOut ? 'plain' : 'danger'} formaction={path(isOut ? 'resume' : 'suspend')}>
              {t(isOut ? 'admin.people.resume' : 'admin.people.suspend')}
            </Button>
          )}
          {person.hasSecondFactor && (
            <Button kind="danger" formaction={path('second-factor')}>
              {t('admin.people.resetFactor')}
            </Button>
          )}
        </Buttons>
      </form>
    </>
  )
}

/** For somebody who asks for it and cannot do it themselves. */
function EraseFields({ person, form }: Pick<PersonPageProps, 'person' | 'form'>) {
  const { context } = form
  const { t } = context
  const choices = [
    { value: 'former', label: t('admin.people.erase.former') },
    { value: 'name', label: t('admin.people.erase.name', { name: person.name }) },
  ]
  return (
    <form method="post" action={to(context, `admin/people/${person.id}/erase`)} class="form">
      <p>{t('admin.people.erase.help')}</p>
      <ChoiceGroup form={form} name="keep" label={t('admin.people.erase.keep')} choices={choices} kind="radio" />
      <Checkbox form={form} name="sure" label={t('admin.people.erase.sure')} />
      <Buttons>
        <Button kind="danger">{t('admin.people.erase')}</Button>
      </Buttons>
    </form>
  )
}
