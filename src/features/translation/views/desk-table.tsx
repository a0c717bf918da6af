import { languageName } from '#platform/i18n/index.ts'
import { dayOf, formatDay } from '#platform/time.ts'
import { Text, to, type PageContext } from '#ui/index.ts'
import type { Cell, DeskRow } from '../domain.ts'
import { kindLabel, StateMark } from './labels.tsx'

interface TableProps {
  readonly rows: readonly DeskRow[]
  readonly langs: readonly string[]
  readonly mine: readonly string[]
  readonly context: PageContext
}

/** Records by languages. */
export function DeskTable({ rows, langs, mine, context }: TableProps) {
  const { t, lang } = context
  return (
    <div class="scroll">
      <table class="wide desk-table" aria-labelledby="texts">
        <thead>
          <tr>
            <th scope="col">{t('translation.record')}</th>
            {langs.map((one) => (
              <th scope="col">{languageName(one, lang)}</th>
            ))}
            <th scope="col">{t('translation.sourceAt')}</th>
            <th scope="col">{t('translation.views')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <Text of={row.name} lang={lang} />
                <small>
                  {' '}
                  {kindLabel(row.kind, context)}
                  {row.status === 'draft' && <> · {t('translation.draft')}</>}
                  {row.isSoon && <> · {t('translation.soon')}</>}
                </small>
              </th>
              {row.cells.map((cell) => (
                <td>
                  <CellLink row={row} cell={cell} isMine={mine.includes(cell.lang)} context={context} />
                </td>
              ))}
              <td>{formatDay(dayOf(row.sourceAt, context.hub.timeZone), lang, 'short')}</td>
              <td>{t('translation.number', { count: row.views })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The state of one record in one language; for those who write it, the way to its texts. */
function CellLink({ row, cell, isMine, context }: { row: DeskRow; cell: Cell; isMine: boolean; context: PageContext }) {
  const { t } = context
  const mark = (
    <>
      <StateMark state={cell.state} context={context} />
      {cell.missing > 0 && cell.state !== 'source' && (
        <small> {t('translation.missingParts', { count: cell.missing })}</small>
      )}
    </>
  )
  if (!isMine || cell.state === 'source') return mark
  return <a href={to(context, `desk/translation/${row.id}/${cell.lang}`)}>{mark}</a>
}
