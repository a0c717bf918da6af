import type { ComponentChildren } from 'preact'
import { direction, ownName } from '#platform/i18n/index.ts'
import { TextStateBadge } from './text.tsx'
import type { PageContext } from './context.ts'
import type { LanguageRow } from './values.ts'

interface Fact {
  readonly term: string
  readonly value: ComponentChildren
}

/** What is known about something, as terms and their values; a fact without a value is left out. */
export function FactList({ facts }: { facts: readonly (Fact | null | false)[] }) {
  if (!facts.some(Boolean)) return null
  return (
    <dl class="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div>
              <dt>{fact.term}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

interface LanguagesTableProps {
  readonly rows: readonly LanguageRow[]
  /** Language → path of the page in it. */
  readonly alternates: Readonly<Record<string, string>>
  readonly context: PageContext
}

/** In which languages something can be read, each in its own name, and how far each one is. */
export function LanguagesTable({ rows, alternates, context }: LanguagesTableProps) {
  const { t, lang } = context
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('languages.language')}</th>
          <th scope="col">{t('languages.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <LanguageName row={row} href={row.lang === lang ? undefined : alternates[row.lang]} />
            </th>
            <td>
              <TextStateBadge state={row.state} context={context} />
              {row.missing > 0 && <small> {t('languages.missing', { count: row.missing })}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function LanguageName({ row, href }: { row: LanguageRow; href: string | undefined }) {
  const marks = { lang: row.lang, dir: direction(row.lang) }
  const name = ownName(row.lang)
  if (!href) return <bdi {...marks}>{name}</bdi>
  return (
    <a href={href} hreflang={row.lang} {...marks}>
      {name}
    </a>
  )
}
