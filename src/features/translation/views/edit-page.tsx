import { languageName } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  Form,
  Layout,
  Notice,
  Text,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { Refused } from '../saving.ts'
import type { PairedRecord } from '../domain.ts'
import type { MachineRequest } from '../store-requests.ts'
import type { Offer } from '../suggestions.ts'
import { kindLabel } from './labels.tsx'
import { MachinePart } from './machine-part.tsx'
import { PairFields } from './pair-fields.tsx'
import { creditOf } from './text-parts.tsx'

interface EditPageProps {
  readonly context: PageContext
  readonly record: PairedRecord
  /** The language that is written. */
  readonly into: string
  readonly form: FormState
  /** What was not written, when the form comes back. */
  readonly refused: readonly Refused[]
  /** How many texts were just saved. */
  readonly saved: number | null
  readonly names: ReadonlyMap<string, string>
  /** Field → what the vocabularies and the memory offer for it. */
  readonly offers: ReadonlyMap<string, Offer>
  /** What a machine was last asked, and whether one can be. */
  readonly request: MachineRequest | null
  readonly hasMachine: boolean
}

/** One record's texts in one language, each beside its source. */
export function EditPage(props: EditPageProps) {
  const { context, record, into, form, refused, saved, names, offers } = props
  const { t, lang } = context
  const title = t('translation.into', { language: languageName(into, lang) })
  const open = record.pairs.filter(({ text }) => text && text.state !== 'current')
  return (
    <Layout context={context} area="desk" title={`${record.name.value} · ${title}`}>
      <Breadcrumbs
        above={[{ label: t('translation.title'), href: to(context, `desk/translation?lang=${into}`) }]}
        context={context}
      />
      <p class="kicker">{kindLabel(record.kind, context)}</p>
      <h1>
        <Text of={record.name} lang={lang} /> <small>{title}</small>
      </h1>
      {saved !== null && <Notice kind="good">{t('translation.saved', { count: saved })}</Notice>}
      {refused.some(({ verdict }) => verdict !== 'emptied') && (
        <Notice kind="warning" title={t('translation.conflict.title')}>
          {t('translation.conflict.text')}
        </Notice>
      )}
      <Credits record={record} names={names} context={context} />
      <MachinePart {...props} />
      <Form form={form} class="pairs" keep={`${record.id}/${into}`} saved={saved !== null}>
        {record.pairs.map((pair) => (
          <PairFields
            pair={pair}
            into={into}
            form={form}
            refused={refused.find(({ field }) => field === pair.field)}
            names={names}
            offer={offers.get(pair.field)}
          />
        ))}
        <Buttons>
          <Button>{t('form.save')}</Button>
          <Button kind="plain" name="go" value="next">
            {t('translation.saveAndNext')}
          </Button>
          {open.length > 1 && (
            <Button kind="plain" name="right" value="*">
              {t('translation.allRight')}
            </Button>
          )}
          <a href={to(context, `desk/translation/next?lang=${into}&after=${record.id}`)}>{t('translation.next')}</a>
          <a href={to(context, `desk/translation/export.xlf?into=${into}&record=${record.id}&what=all`)}>
            {t('xliff.one')}
          </a>
          {record.href !== null && <a href={record.href}>{t('translation.seePage')}</a>}
        </Buttons>
      </Form>
    </Layout>
  )
}

interface CreditsProps {
  readonly record: PairedRecord
  readonly names: ReadonlyMap<string, string>
  readonly context: PageContext
}

/** Who has translated what there is. */
function Credits({ record, names, context }: CreditsProps) {
  const people = new Set(
    record.pairs.flatMap(({ text }) =>
      text && text.state !== 'machine' ? (creditOf(text, names, context) ?? []) : [],
    ),
  )
  if (people.size === 0) return null
  return <p class="quiet">{context.t('translation.by', { names: listOf([...people], context.lang) })}</p>
}

const listOf = (items: readonly string[], lang: string) => new Intl.ListFormat(lang).format(items)
