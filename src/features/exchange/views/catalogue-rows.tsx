import type { TextValue } from '#features/records/index.ts'
import { Code, EmptyState, Text, to, WideTable, type PageContext } from '#ui/index.ts'
import type { ImportLine } from '../catalogue/plan.ts'
import { describeFields, describeProblem, describeWarning } from './catalogue-words.ts'

/** A row of the file, with what would come or came of it. */
export interface ShownRow {
  readonly line: ImportLine
  readonly written: boolean
}

interface RowsProps {
  readonly rows: readonly ShownRow[]
  readonly names: ReadonlyMap<string, TextValue>
  readonly context: PageContext
}

/** Rows of a catalogue, each with its outcome and, below its title where a phone shows it too, what there is to say about it. */
export function CatalogueRows({ rows, names, context }: RowsProps) {
  const { t } = context
  if (rows.length === 0) return <EmptyState>{t('import.rows.none')}</EmptyState>
  const head = [t('admin.import.row'), t('import.outcome'), t('translation.field.title')]
  return (
    <WideTable label={t('import.rows')} head={head}>
      {rows.map(({ line, written }) => (
        <tr>
          <th scope="row">
            {t('translation.number', { count: line.line })}
            {line.entry !== null && (
              <small>
                {' '}
                <Code>{line.entry}</Code>
              </small>
            )}
          </th>
          <td>
            <span class={`badge ${line.outcome === 'refused' ? 'failed' : written ? 'current' : ''}`}>
              {t(
                written
                  ? `import.written.${line.outcome === 'new' ? 'new' : 'changed'}`
                  : `import.outcome.${line.outcome}`,
              )}
            </span>
          </td>
          <td>
            {written && line.id !== null ? (
              <a href={to(context, `desk/records/${line.id}`)}>
                <bdi>{line.title}</bdi>
              </a>
            ) : (
              <bdi>{line.title}</bdi>
            )}
            <Notes of={line} written={written} names={names} context={context} />
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function Notes({ of, written, names, context }: { of: ImportLine; written: boolean } & Omit<RowsProps, 'rows'>) {
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
function Like({ of: { id, likeLine, reason }, names, context }: { of: ImportLine } & Omit<RowsProps, 'rows'>) {
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
