import { ListPage, Moves, type Framed } from '#features/desk/index.ts'
import type { ShownFiles } from '#features/files/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Field,
  Hidden,
  Select,
  TextArea,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { EditionEntry } from '../edition-desk/form.ts'
import { EditionFiles } from './edition-files.tsx'

interface EditionsPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly editions: readonly EditionEntry[]
  readonly files: ShownFiles
  /** Languages that can be chosen. */
  readonly languages: readonly string[]
  /** What somebody else saved meanwhile, as lines. */
  readonly theirs: string | null
  readonly isSaved: boolean
  /** A button changed the form; nothing is saved yet. */
  readonly isTurned: boolean
}

/** The editions of a publication in order, each with its files. */
export function EditionsPage(props: EditionsPageProps) {
  const { context, framed, form, editions, theirs, isSaved, isTurned } = props
  const { t } = context
  return (
    <ListPage
      {...{ context, framed, form, isSaved, isTurned }}
      hasFiles
      screen="editions"
      title={t('desk.editions')}
      explain={t('desk.editions.explain')}
      conflict={theirs === null ? null : { words: t('desk.editions.conflict'), theirs }}
    >
      {editions.length === 0 && <EmptyState>{t('desk.editions.empty')}</EmptyState>}
      <ol class="builder">
        {editions.map((edition, index) => (
          <li class="card">
            <Edition {...props} edition={edition} index={index} />
          </li>
        ))}
      </ol>
      <Buttons>
        <Button kind="plain" name="do" value="add">
          {t('desk.editions.add')}
        </Button>
      </Buttons>
      <Field form={form} name="languages" label={t('desk.agenda.languages')} help={t('desk.editions.languages.help')} />
    </ListPage>
  )
}

type EditionProps = EditionsPageProps & { readonly edition: EditionEntry; readonly index: number }

function Edition(props: EditionProps) {
  const { context, form, editions, edition, index, files, languages } = props
  const { t, lang } = context
  const name = (field: string) => `editions.${index}.${field}`
  const heading = t('desk.editions.number', { number: index + 1 })
  const choices = languages.map((value) => ({ value, label: languageName(value, lang) }))
  return (
    <>
      <div class="card-head">
        <h2>{heading}</h2>
        <div class="buttons">
          <Moves {...{ context, heading, index }} count={editions.length} deed={(verb) => `${verb}:${index}`} />
        </div>
      </div>
      <Hidden name={name('key')} value={edition.key} />
      <div class="row">
        <Select
          form={form}
          name={name('lang')}
          label={t('languages.language')}
          none={t('desk.editions.several')}
          choices={choices}
        />
        <Field form={form} name={name('number')} label={t('desk.editions.called')} maxLength={100} />
        <Field form={form} name={name('issued')} label={t('desk.fact.issued')} maxLength={10} />
        <Field form={form} name={name('pages')} label={t('desk.editions.pages')} type="number" inputmode="numeric" />
      </div>
      <Original {...props} />
      <TextArea
        form={form}
        name={name('identifiers')}
        label={t('publication.identifiers')}
        help={t('desk.help.identifiers')}
        lang="zxx"
        rows={2}
      />
      <EditionFiles {...{ context, form, edition, index, files, choices }} />
    </>
  )
}

/** Which of the others it was translated from. */
function Original({ context, form, editions, edition, index }: EditionProps) {
  const { t, lang } = context
  const others = editions.flatMap((other, at) => {
    if (other.key === edition.key) return []
    const label = t('desk.editions.number', { number: at + 1 })
    return [{ value: other.key, label: other.lang === '' ? label : `${label} · ${languageName(other.lang, lang)}` }]
  })
  if (others.length === 0) return null
  return (
    <Select
      form={form}
      name={`editions.${index}.original`}
      label={t('desk.editions.original')}
      none={t('desk.editions.original.none')}
      choices={others}
    />
  )
}
