import type { Grant } from '#features/accounts/index.ts'
import { isolate, languageName } from '#platform/i18n/index.ts'
import { ChoiceGroup, Select, type Choice, type FormState, type PageContext } from '#ui/index.ts'
import { grantKey, offeredGrants, scopeKind } from '../people.ts'

/** A grant in words: “Translator (French)”. `seminars` names those whose ids are known. */
export function grantWords(grant: Grant, seminars: readonly Choice[], { t, lang }: PageContext): string {
  const role = t(`role.${grant.role}`)
  const kind = scopeKind(grant)
  if (kind === null) return role
  const seminar = seminars.find(({ value }) => value === grant.scope)?.label
  const scope = kind === 'language' ? languageName(grant.scope, lang) : (seminar ?? grant.scope)
  return t('role.for', { role, scope: isolate(scope) })
}

interface GrantFieldsProps {
  readonly form: FormState
  readonly held: readonly Grant[]
  readonly languages: readonly string[]
  readonly seminars: readonly Choice[]
}

/** What somebody may do: roles for everything, for languages, for a seminar. */
export function GrantFields({ form, held, languages, seminars }: GrantFieldsProps) {
  const { t } = form.context
  const choices = offeredGrants(languages, held).map((grant) => ({
    value: grantKey(grant),
    label: grantWords(grant, seminars, form.context),
  }))
  return (
    <>
      <ChoiceGroup
        form={form}
        name="grants[]"
        kind="checkbox"
        label={t('admin.people.roles')}
        help={t('admin.people.roles.help')}
        choices={choices}
      />
      <Select form={form} name="seminar" label={t('admin.people.seminar')} choices={seminars} />
    </>
  )
}
