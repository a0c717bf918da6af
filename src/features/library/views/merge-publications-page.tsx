import type { TextValue } from '#features/records/index.ts'
import { direction, languageName, type MessageKey } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  ChoiceGroup,
  FactList,
  Form,
  Hidden,
  Layout,
  Notice,
  Text,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { editionLines } from '../edition-desk/standing.ts'
import { identifierLine } from '../identifier-lines.ts'
import type { Difference, Side } from '../merging/unite.ts'
import { publicationTypes } from '../domain.ts'

/** A publication with what it is called. */
export type ShownSide = Side & { readonly name: TextValue }

interface MergePageProps {
  readonly form: FormState
  readonly one: ShownSide
  readonly other: ShownSide
  readonly differences: readonly Difference[]
  /** The one of the two that fewer see, null when there is none: merged, what stands in it is shown to more. */
  readonly hidden: Side | null
  readonly seriesNames: ReadonlyMap<string, TextValue>
  /** Why what was just asked for was not done. */
  readonly refused: MessageKey | null
}

/** Two publications side by side: which stays, and of which what is taken where they differ. */
export function MergePublicationsPage(props: MergePageProps) {
  const { form, one, other, differences, refused, hidden } = props
  const { context } = form
  const { t } = context
  const above = [
    { label: t('desk.title'), href: to(context, 'desk') },
    { label: t('merge.title'), href: to(context, 'desk/duplicates') },
  ]
  const choices = [one, other].map((side, index) => ({
    value: side.record.id,
    label: t('merge.side', { number: index + 1, title: side.name.value }),
  }))
  return (
    <Layout context={context} area="desk" title={t('merge.two')}>
      <Breadcrumbs above={above} context={context} />
      <h1>{t('merge.two')}</h1>
      {refused && <Notice kind="warning">{t(refused)}</Notice>}
      <div class="two">
        <Shown side={one} number={1} {...props} />
        <Shown side={other} number={2} {...props} />
      </div>
      {hidden && <Disclosed side={hidden} {...props} />}
      <Form form={form}>
        <Hidden name={`version.${one.record.id}`} value={String(one.record.version)} />
        <Hidden name={`version.${other.record.id}`} value={String(other.record.version)} />
        <ChoiceGroup
          form={form}
          name="into"
          kind="radio"
          label={t('merge.into')}
          help={t('merge.into.help')}
          choices={choices}
        />
        {differences.map((difference) => (
          <Choice of={difference} {...props} />
        ))}
        <Buttons>
          <Button kind="danger" name="do" value="merge">
            {t('merge.do')}
          </Button>
          <Button kind="plain" name="do" value="distinct">
            {t('merge.distinct')}
          </Button>
        </Buttons>
      </Form>
    </Layout>
  )
}

function Shown({ side, number, form }: MergePageProps & { side: ShownSide; number: number }) {
  const { context } = form
  const { t, lang } = context
  const { record, rows, name } = side
  const identifiers = rows.identifiers.filter((row) => row.edition_id === null).map(identifierLine)
  return (
    <section>
      <p class="kicker">
        <span>{t('merge.number', { number })}</span>{' '}
        <span class={`badge ${record.status}`}>{t(`desk.status.${record.status}`)}</span>
      </p>
      <h2>
        <a href={to(context, `desk/records/${record.id}`)}>
          <Text of={name} lang={lang} />
        </a>
      </h2>
      <FactList
        facts={[
          { term: t('desk.visibility'), value: t(visibilityWord(record.visibility)) },
          identifiers.length > 0 && {
            term: t('publication.identifiers'),
            value: <span class="plain">{identifiers.join('\n')}</span>,
          },
          rows.editions.length > 0 && {
            term: t('desk.editions'),
            value: <span class="plain">{editionLines(rows)}</span>,
          },
          {
            term: t('merge.languages'),
            value: (record.texts['title'] ?? []).map((text) => languageName(text.lang, lang)).join(' · '),
          },
        ]}
      />
    </section>
  )
}

/** What more people will see once the two are merged. */
function Disclosed({ side: { record, rows }, one, other, form }: MergePageProps & { side: Side }) {
  const { context } = form
  const { t, lang } = context
  const [number, open] = record.id === one.record.id ? [1, other] : [2, one]
  const message = open.record.visibility === 'public' ? 'merge.disclose.public' : 'merge.disclose.members'
  const inLanguage = (field: string, code: string) =>
    t('import.field.in', { field, language: languageName(code, lang) })
  const texts = (['title', 'subtitle', 'summary'] as const).flatMap((field) =>
    (record.texts[field] ?? []).map((text) => inLanguage(t(labels[field]), text.lang)),
  )
  const files = rows.files.map((file) => inLanguage(file.name ?? file.url ?? '', file.lang))
  return (
    <Notice kind="warning">
      <p>{t(message, { number })}</p>
      <ul>
        {[...texts, ...files, ...rows.identifiers.map(identifierLine)].map((line) => (
          <li>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function visibilityWord(visibility: string): MessageKey {
  return visibility === 'public' ? 'desk.visibility.public' : 'desk.visibility.members'
}

const labels = {
  title: 'translation.field.title',
  subtitle: 'translation.field.subtitle',
  summary: 'publication.abstract',
  types: 'publication.type',
  issued: 'desk.fact.issued',
  contributors: 'desk.contributors',
  place: 'translation.kind.series',
} as const

function Choice({ of, one, other, form, seriesNames }: MergePageProps & { of: Difference }) {
  const { context, values } = form
  const { t, lang } = context
  const label = t(labels[of.field])
  const name = `take.${of.name}`
  const chosen = values[name]?.[0] ?? ''
  const stays = `${name.replaceAll(/[^\w-]/g, '-')}-stays`
  const say = (value: string) => sayValue(of, value, context, seriesNames)
  const side = (number: number, id: string, value: string) => {
    const control = `${name.replaceAll(/[^\w-]/g, '-')}-${number}`
    return (
      <div class="side">
        <p class="check">
          <input type="radio" id={control} name={name} value={id} checked={chosen === id} />
          <label for={control}>{t('merge.number', { number })}</label>
        </p>
        <div class="plain" {...(of.lang !== null && { lang: of.lang, dir: direction(of.lang) })}>
          {say(value)}
        </div>
      </div>
    )
  }
  return (
    <fieldset class="set conflict">
      <legend>
        {of.lang === null ? label : t('import.field.in', { field: label, language: languageName(of.lang, lang) })}
      </legend>
      <p class="check">
        <input type="radio" id={stays} name={name} value="" checked={chosen === ''} />
        <label for={stays}>{t('merge.stays')}</label>
      </p>
      <div class="two">
        {side(1, one.record.id, of.one)}
        {side(2, other.record.id, of.other)}
      </div>
    </fieldset>
  )
}

function sayValue(
  { field }: Difference,
  value: string,
  { t }: PageContext,
  seriesNames: ReadonlyMap<string, TextValue>,
): string {
  if (field === 'types') {
    const types = publicationTypes.filter((type) => value.split('\n').includes(type))
    return types.map((type) => t(`publicationType.${type}`)).join('\n')
  }
  if (field !== 'place') return value
  const [series = '', number = ''] = value.split(' ')
  return t('merge.place', { series: seriesNames.get(series)?.value ?? series, number })
}
