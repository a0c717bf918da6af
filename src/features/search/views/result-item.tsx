import { kinds } from '#features/records/index.ts'
import { writeClock } from '#platform/time.ts'
import { languageMarks, Text, type PageContext } from '#ui/index.ts'
import type { Answer } from '../find.ts'

type Result = Answer['items'][number]

/** A record that was found, with its best passages. */
export function ResultItem({ item, context }: { item: Result; context: PageContext }) {
  const { t, lang } = context
  const kind = kinds.find((one) => one.kind === item.kind)?.kind
  return (
    <>
      <h3>
        <a href={item.href}>
          <Text of={item.title} lang={lang} />
        </a>
      </h3>
      {kind && <p>{t(`translation.kind.${kind}`)}</p>}
      <ul>
        {item.passages.map(({ href, lang: own, anchor, pieces }) => (
          <li>
            {href !== item.href && (
              <>
                <a href={href}>
                  <Place of={anchor} context={context} />
                </a>{' '}
              </>
            )}
            <span {...languageMarks({ lang: own, value: '', state: 'current' }, lang)}>
              {pieces.map(({ text, isFound }) => (isFound ? <mark>{text}</mark> : text))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Where in a record a passage stands: a page, a second. */
function Place({ of: { page, seconds }, context }: { of: Result['passages'][number]['anchor']; context: PageContext }) {
  if (seconds !== undefined) return <bdi>{writeClock(seconds * 1000)}</bdi>
  return <>{page === undefined ? context.t('search.go') : context.t('search.page', { number: page })}</>
}
