import type { TextValue } from '#features/records/index.ts'
import { Code, EmptyState, Select, Text, to, WideTable, type FormState, type PageContext } from '#ui/index.ts'
import type { ImportLine } from '../catalogue/plan.ts'
import { choices, decisionField } from '../catalogue-desk/decisions.ts'
import type { ListedRow } from '../catalogue-desk/store-rows.ts'
import { describeFields, describeProblem, describeWarning } from './catalogue-words.ts'

interface RowsProps {
  readonly rows: readonly ListedRow[]
  readonly names: ReadonlyMap<string, TextValue>
  readonly context: PageContext
  /** In which rows that may be there already are decided on; null: not here, or not any more. */
  readonly form: FormState | null
}

/** Rows of a catalogue, each with its outcome and, below its title where a phone shows it too, what there is to say about it. */
export function CatalogueRows({ rows, names, context, form }: RowsProps) {
  const { t } = context
  if (rows.length === 0) return <EmptyState>{t('import.rows.none')}</EmptyState>
  const head = [t('admin.import.row'), t('import.outcome'), t('translation.field.title')]
  return (
    <WideTable label={t('import.rows')} head={head}>
      {rows.map((row) => (
        <tr>
          <th scope="row">
            {t('translation.number', { count: row.line.line })}
            {row.line.entry !== null && (
              <small>
                {' '}
                <Code>{row.line.entry}</Code>
              </small>
            )}
          </th>
          <td>
            <Outcome of={row} context={context} />
          </td>
          <td>
            {row.written && row.line.id !== null ? (
              <a href={to(context, `desk/records/${row.line.id}`)}>
                <bdi>{row.line.title}</bdi>
              </a>
            ) : (
              <bdi>{row.line.title}</bdi>
            )}
            <Notes of={row.line} written={row.written} names={names} context={context} />
            {form && row.line.outcome === 'duplicate' && <Choice of={row} form={form} />}
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function Outcome({ of: { line, written, decision }, context: { t } }: { of: ListedRow; context: PageContext }) {
  const isWritten = written ? 'current' : ''
  const said = written
    ? (`import.written.${line.outcome === 'new' ? 'new' : 'changed'}` as const)
    : decision === null || line.outcome !== 'duplicate'
      ? (`import.outcome.${line.outcome}` as const)
      : (`import.decide.${decision}` as const)
  return <span class={`badge ${line.outcome === 'refused' ? 'failed' : isWritten}`}>{t(said)}</span>
}

/** What becomes of a row that may be there already. */
function Choice({ of: { number, line }, form }: { of: ListedRow; form: FormState }) {
  const { t } = form.context
  return (
    <Select
      form={form}
      name={decisionField(number)}
      required
      label={t('import.decide', { line: line.line })}
      choices={choices.map((value) => ({ value, label: t(`import.decide.${value}`) }))}
    />
  )
}

function Notes({
  of,
  written,
  names,
  context,
}: { of: ImportLine; written: boolean } & Omit<RowsProps, 'rows' | 'form'>) {
  const notes = [
    ...of.problems.map((problem) => describeProblem(problem, context, false)),
    ...of.warnings.map((warning) => describeWarning(warning, context)),
  ]
  return (
    <>
      {!written && <Like of={of} names={names} context={context} />}
      {of.fields.length > 0 && <p>{describeFields(of.fields, context)}</p>}
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <li>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The publication, or the row, that a row is found to be of. */
function Like({ of: { id, likeLine, reason }, names, context }: { of: ImportLine } & Omit<RowsProps, 'rows' | 'form'>) {
  const { t, lang } = context
  if (reason === null) return null
  const name = id === null ? undefined : names.get(id)
  return (
    <p>
      {t(`import.reason.${reason}`)} {likeLine !== null && t('import.likeRow', { line: likeLine })}
      {id !== null && (
        <a href={to(context, `desk/records/${id}`)}>{name ? <Text of={name} lang={lang} /> : <bdi>{id}</bdi>}</a>
      )}
    </p>
  )
}
