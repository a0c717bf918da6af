import { kindOf, type LoadedRecord, type TextValue } from '#features/records/index.ts'
import { direction, languageName, ownName } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  Field,
  FieldSet,
  Form,
  Hidden,
  LanguageSelect,
  Layout,
  Notice,
  Select,
  TextArea,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { isFile, type DeskKind, type Fact } from '../kind.ts'
import type { Picks } from '../picks.ts'
import { FactField } from './fact-field.tsx'
import type { ShownFiles } from './file-fact.tsx'
import { RecordFrame, recordPath, type Framed } from './record-frame.tsx'

/** What the form of a record is drawn from. */
export interface RecordFormProps {
  readonly context: PageContext
  readonly form: FormState
  readonly framed: Framed
  readonly record: LoadedRecord
  readonly lang: string
  readonly languages: readonly string[]
  readonly picks: ReadonlyMap<string, Picks>
  readonly files: ShownFiles
  /** Just saved: says so, and forgets what the browser had kept. */
  readonly isSaved: boolean
  /** Parts that publishing the record again would publish. */
  readonly draftParts: number
}

/** The form of a record: its texts in one language, and what is the same in all of them. */
export function RecordFormPage(props: RecordFormProps) {
  const { context, form, framed, record, lang, isSaved, draftParts } = props
  const { t } = context
  const { kind } = framed
  return (
    <RecordFrame context={context} framed={framed} screen="" title={t('desk.edit')}>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      {framed.status === 'published' && draftParts > 0 && framed.mayPublish && (
        <Notice>
          <p>
            {t('desk.draftParts', { count: draftParts })}{' '}
            <a href={recordPath(context, framed.id, 'publish')}>{t('desk.toChecks')}</a>
          </p>
        </Notice>
      )}
      <LanguageTabs {...props} />
      <AddParts kind={kind} id={framed.id} context={context} />
      <Form
        form={form}
        action={`${recordPath(context, framed.id)}?lang=${encodeURIComponent(lang)}`}
        multipart={kind.facts.some(isFile)}
        keep={`${framed.id} ${lang}`}
        {...(isSaved && { saved: true })}
      >
        <Hidden name="version" value={form.values['version']?.[0] ?? ''} />
        <Hidden name="since" value={form.values['since']?.[0] ?? ''} />
        <Buttons>
          <Button>{t('form.save')}</Button>
        </Buttons>
        <TextFields form={form} kind={kind} record={record} lang={lang} />
        <FactFields {...props} kind={kind} />
        <Buttons>
          <Button>{t('form.save')}</Button>
        </Buttons>
      </Form>
    </RecordFrame>
  )
}

/** The languages a record is or could be written in, each with its state there. */
function LanguageTabs({ context, framed, record, lang, languages }: RecordFormProps) {
  const { t } = context
  const lead = kindOf(framed.kind.kind).fields[0].name
  const all = [
    ...new Set([record.sourceLang, ...languages, lang, ...(record.texts[lead] ?? []).map((text) => text.lang)]),
  ]
  return (
    <nav class="tabs languages" aria-label={t('desk.textsIn')}>
      <ul>
        {all.map((one) => (
          <li>
            <a
              href={`${recordPath(context, framed.id)}?lang=${encodeURIComponent(one)}`}
              aria-current={one === lang ? 'true' : undefined}
            >
              <bdi lang={one} dir={direction(one)}>
                {ownName(one)}
              </bdi>
              <small> {t(`desk.lang.${stateIn(record, one)}`)}</small>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The worst state of a record's texts in a language. */
function stateIn(record: LoadedRecord, lang: string): 'source' | 'current' | 'behind' | 'machine' | 'missing' {
  if (lang === record.sourceLang) return 'source'
  const states = Object.values(record.texts).flatMap((texts) =>
    texts.filter((text) => text.lang === lang).map((text) => text.state),
  )
  const [first] = states
  if (first === undefined) return 'missing'
  return (['machine', 'behind'] as const).find((state) => states.includes(state)) ?? 'current'
}

/** Parts that can be added to a record, each with a form of its own. */
function AddParts({ kind, id, context }: { kind: DeskKind; id: string; context: PageContext }) {
  if (!kind.addable || kind.addable.length === 0) return null
  return (
    <ul class="tags">
      {kind.addable.map((part) => (
        <li>
          <a href={`${to(context, `desk/records/new/${part}`)}?of=${id}`}>
            {context.t(`desk.add.${part === 'material' ? 'material' : 'concept'}`)}
          </a>
        </li>
      ))}
    </ul>
  )
}

interface TextFieldsProps {
  readonly form: FormState
  readonly kind: DeskKind
  readonly record: LoadedRecord | null
  readonly lang: string
}

function TextFields({ form, kind, record, lang }: TextFieldsProps) {
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

interface FactFieldsProps {
  readonly form: FormState
  /** Language of the texts, and of the address with them. */
  readonly lang: string
  readonly kind: DeskKind
  readonly languages: readonly string[]
  readonly picks: ReadonlyMap<string, Picks>
  readonly files: ShownFiles
}

function FactFields({ form, kind, lang, languages, picks, files }: FactFieldsProps) {
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

interface NewRecordProps extends FactFieldsProps {
  readonly context: PageContext
}

/** The form of a record nobody has made yet. */
export function NewRecordPage(props: NewRecordProps) {
  const { context, form, kind, lang, languages } = props
  const { t } = context
  const above = [
    { label: t('desk.title'), href: to(context, 'desk') },
    { label: t(kind.plural), href: `${to(context, 'desk/records')}?kind=${kind.kind}` },
  ]
  const title = t('desk.new', { kind: t(kind.label) })
  const save = (
    <Buttons>
      <Button>{t('desk.saveDraft')}</Button>
    </Buttons>
  )
  return (
    <Layout context={context} area="desk" title={title}>
      <Breadcrumbs above={above} context={context} />
      <h1>{title}</h1>
      <Form form={form} multipart={kind.facts.some(isFile)} keep={`new ${kind.kind}`}>
        {save}
        <LanguageSelect
          form={form}
          name="lang"
          label={t('desk.sourceLang')}
          help={t('desk.sourceLang.help')}
          languages={languages}
          required
        />
        <TextFields form={form} kind={kind} record={null} lang={lang} />
        <FactFields {...props} />
        {save}
      </Form>
    </Layout>
  )
}
