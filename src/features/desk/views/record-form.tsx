import type { ShownFiles } from '#features/files/index.ts'
import { kindOf, type KindName, type LoadedRecord } from '#features/records/index.ts'
import { direction, ownName, type MessageKey } from '#platform/i18n/index.ts'
import { Button, Buttons, Form, Hidden, Notice, to, type FormState, type PageContext } from '#ui/index.ts'
import { isFile, type DeskKind } from '../kind.ts'
import type { Picks } from '../picks.ts'
import { FactFields, TextFields } from './record-fields.tsx'
import { RecordFrame, recordPath, type Framed } from './record-frame.tsx'
import { labelsOf } from './value.tsx'

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
        multipart={kind.facts.some(isFile) && 'resumed'}
        keep={`${framed.id} ${lang}`}
        labels={labelsOf(kind, context)}
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

const addLabels: Partial<Record<KindName, MessageKey>> = {
  material: 'desk.add.material',
  recording: 'desk.add.recording',
  track: 'desk.add.track',
  chapter: 'desk.add.chapter',
}

/** Parts that can be added to a record, each with a form of its own. */
function AddParts({ kind, id, context }: { kind: DeskKind; id: string; context: PageContext }) {
  if (!kind.addable || kind.addable.length === 0) return null
  return (
    <ul class="tags">
      {kind.addable.map((part) => (
        <li>
          <a href={`${to(context, `desk/records/new/${part}`)}?of=${id}`}>
            {context.t(addLabels[part] ?? 'desk.add.concept')}
          </a>
        </li>
      ))}
    </ul>
  )
}
