import { ListPage, Moves, Turn, type Framed, type PickOption } from '#features/desk/index.ts'
import type { TextValue } from '#features/records/index.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Field,
  Hidden,
  idOf,
  Select,
  Text,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { agentOf, kindOfEntry, type ContributorEntry } from '../contributor-desk/form.ts'
import { contributorRoles } from '../domain.ts'

interface ContributorsPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly entries: readonly ContributorEntry[]
  /** What those of the directory are called there. */
  readonly names: ReadonlyMap<string, TextValue>
  /** People and organisations that were found; null: nothing was looked for. */
  readonly found: readonly PickOption[] | null
  /** What somebody else saved meanwhile, as lines. */
  readonly theirs: string | null
  readonly isSaved: boolean
  /** A button changed the form; nothing is saved yet. */
  readonly isTurned: boolean
}

/** Who made a publication, in order: people by family and given name, organisations by one name. */
export function ContributorsPage(props: ContributorsPageProps) {
  const { context, framed, form, entries, theirs, isSaved, isTurned } = props
  const { t } = context
  return (
    <ListPage
      {...{ context, framed, form, isSaved, isTurned }}
      screen="contributors"
      title={t('desk.contributors')}
      explain={t('desk.contributors.explain')}
      conflict={theirs === null ? null : { words: t('desk.contributors.conflict'), theirs }}
    >
      {entries.length === 0 && <EmptyState>{t('desk.contributors.empty')}</EmptyState>}
      <ol class="builder">
        {entries.map((entry, index) => (
          <li class="card">
            <Entry {...props} entry={entry} index={index} />
          </li>
        ))}
      </ol>
      <FromDirectory {...props} />
      <Buttons>
        <Button kind="plain" name="do" value="add:person">
          {t('desk.contributors.addPerson')}
        </Button>
        <Button kind="plain" name="do" value="add:organisation">
          {t('desk.contributors.addOrganisation')}
        </Button>
      </Buttons>
    </ListPage>
  )
}

type EntryProps = ContributorsPageProps & { readonly entry: ContributorEntry; readonly index: number }

function Entry({ context, form, entries, names, entry, index }: EntryProps) {
  const { t, lang } = context
  const name = (field: string) => `contributors.${index}.${field}`
  const heading = t('desk.contributors.number', { number: index + 1 })
  const known = names.get(agentOf(entry) ?? '')
  const isPerson = kindOfEntry(entry) !== 'organisation'
  return (
    <>
      <div class="card-head">
        <h2>{heading}</h2>
        <div class="buttons">
          <Moves {...{ context, heading, index }} count={entries.length} deed={(verb) => `${verb}:${index}`} />
        </div>
      </div>
      <Hidden name={name('who')} value={entry.who} />
      {known && (
        <p class="help">
          {t('desk.contributors.known')} <Text of={known} lang={lang} />
        </p>
      )}
      <div class="row">
        <Select
          form={form}
          name={name('role')}
          label={t('desk.contributors.role')}
          required
          choices={contributorRoles.map((value) => ({ value, label: t(`desk.contributors.role.${value}`) }))}
        />
        {isPerson ? (
          <>
            <Field form={form} name={name('name')} label={t('desk.contributors.family')} required maxLength={300} />
            <Field form={form} name={name('given')} label={t('desk.contributors.given')} maxLength={300} />
          </>
        ) : (
          <Field form={form} name={name('name')} label={t('desk.contributors.organisation')} required maxLength={300} />
        )}
      </div>
    </>
  )
}

/** People and organisations of the directory, found by typing. */
function FromDirectory({ context, form, found }: ContributorsPageProps) {
  const { t, lang } = context
  const id = idOf('find')
  const problem = form.problems.find(({ field }) => field === 'find')
  return (
    <fieldset class={problem ? 'field wrong' : 'field'}>
      <legend>{t('desk.contributors.directory')}</legend>
      <p class="help">{t('desk.contributors.directory.help')}</p>
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {t(problem.message)}
        </p>
      )}
      <record-picker
        action={to(context, 'desk/find')}
        kinds="person organisation"
        field="add[]"
        none={t('desk.pick.none')}
        count={t('desk.pick.count', { count: '{count}' })}
        chosen={t('desk.pick.chosen', { name: '{name}' })}
      >
        {found && (
          <div class="found" role="status">
            <p class="help">{t('desk.pick.found', { count: found.length })}</p>
            {found.map((option) => (
              <p class="check">
                <input type="checkbox" id={`f-add-${option.value}`} name="add[]" value={option.value} />
                <label for={`f-add-${option.value}`}>
                  <Text of={option.label} lang={lang} />
                </label>
              </p>
            ))}
          </div>
        )}
        <div class="find">
          <label for={id}>{t('desk.pick.find')}</label>
          <input
            type="text"
            id={id}
            name="find"
            value={form.values['find']?.[0] ?? ''}
            autocomplete="off"
            maxLength={100}
          />
          <Turn
            deed="find"
            words={t('desk.pick.search')}
            label={t('desk.pick.search.label', { name: t('desk.contributors.directory') })}
          />
        </div>
      </record-picker>
    </fieldset>
  )
}
