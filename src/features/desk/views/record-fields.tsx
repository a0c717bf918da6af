import type { ShownFiles } from '#features/files/index.ts'
import { kindOf, type LoadedRecord, type TextValue } from '#features/records/index.ts'
import { direction, languageName } from '#platform/i18n/index.ts'
import { Field, FieldSet, Select, TextArea, type FormState } from '#ui/index.ts'
import type { DeskKind, Fact } from '../kind.ts'
import type { Picks } from '../picks.ts'
import { FactField } from './fact-field.tsx'

interface TextFieldsProps {
  readonly form: FormState
  readonly kind: DeskKind
  readonly record: LoadedRecord | null
  readonly lang: string
}

/** The texts of a record in one language, each beside its original. */
export function TextFields({ form, kind, record, lang }: TextFieldsProps) {
  const { t } = form.context
  const isSource = record === null || record.sourceLang === lang
  return (
    <FieldSet legend={t('desk.texts', { language: languageName(lang, form.context.lang) })}>
      {kindOf(kind.kind).fields.map((field) => {
        const { label, help, rows } = kind.texts[field.name] ?? { label: 'desk.text.other' as const }
        const common = {
          form,
          name: `text.${field.name}`,
          label: t(label),
          lang,
          ...(help && { help: t(help) }),
          ...(field.required && isSource && { required: true }),
        }
        const isLong = field.markdown || (rows ?? 1) > 1
        const texts = record?.texts[field.name] ?? []
        return (
          <>
            {isLong ? (
              <TextArea {...common} rows={rows ?? 8} markdown={field.markdown} />
            ) : (
              <Field {...common} maxLength={500} />
            )}
            {!isSource && <SourceText texts={texts} field={field.name} lang={lang} form={form} />}
          </>
        )
      })}
    </FieldSet>
  )
}

/** The original of a translation, and the mark that it is right as it stands. */
function SourceText({
  texts,
  field,
  lang,
  form,
}: {
  texts: readonly TextValue[]
  field: string
  lang: string
  form: FormState
}) {
  const { t, lang: pageLang } = form.context
  const source = texts.find((text) => text.state === 'source' && text.lang !== lang)
  const own = texts.find((text) => text.lang === lang)
  if (!source) return null
  const id = `confirm-${field}`
  return (
    <div class="original">
      <details>
        <summary>{t('desk.original', { language: languageName(source.lang, pageLang) })}</summary>
        <div class="plain" lang={source.lang} dir={direction(source.lang)}>
          {source.value}
        </div>
      </details>
      {own && (own.state === 'behind' || own.state === 'machine') && (
        <p class="check">
          <input
            type="checkbox"
            id={id}
            name="confirm[]"
            value={field}
            checked={(form.values['confirm[]'] ?? []).includes(field)}
          />
          <label for={id}>{t(own.state === 'behind' ? 'desk.confirm.behind' : 'desk.confirm.machine')}</label>
        </p>
      )}
    </div>
  )
}

export interface FactFieldsProps {
  readonly form: FormState
  /** Language of the texts, and of the address with them. */
  readonly lang: string
  readonly kind: DeskKind
  readonly languages: readonly string[]
  readonly picks: ReadonlyMap<string, Picks>
  readonly files: ShownFiles
}

/** What is the same in every language, and the address. */
export function FactFields({ form, kind, lang, languages, picks, files }: FactFieldsProps) {
  const { t } = form.context
  const fixed = (name: string) =>
    (form.values[`fact.${name}`] ?? []).some((text) => text !== '') && form.values['version'] !== undefined
  const isKnown = ({ unless }: Fact) => unless !== undefined && (form.values[`fact.${unless}`]?.[0] ?? '') !== ''
  const facts = kind.facts.filter((fact) => !(fact.fixed && fixed(fact.name)) && !isKnown(fact))
  return (
    <>
      {facts.length > 0 && (
        <FieldSet legend={t('desk.facts')}>
          {facts.map((fact) => (
            <FactField {...{ form, fact, picks, languages, files }} />
          ))}
        </FieldSet>
      )}
      {kind.kind !== 'hub' && (
        <FieldSet legend={t('desk.address')}>
          {kindOf(kind.kind).path !== null && (
            <Field
              form={form}
              name="slug"
              label={t('desk.slug')}
              help={t('desk.slug.help')}
              lang={lang}
              maxLength={200}
            />
          )}
          <Select
            form={form}
            name="visibility"
            label={t('desk.visibility')}
            required
            choices={[
              { value: 'public', label: t('desk.visibility.public') },
              { value: 'members', label: t('desk.visibility.members') },
            ]}
          />
        </FieldSet>
      )}
    </>
  )
}
