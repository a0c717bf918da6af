import type { PageContext } from '#ui/index.ts'
import type { Offer } from '../suggestions.ts'
import { marksOf } from './text-parts.tsx'

interface OfferedWordsProps {
  readonly of: Offer
  readonly from: string
  readonly into: string
  readonly field: string
  readonly context: PageContext
}

/** Terms of the vocabularies that a source uses, and earlier translations of its sentences: to copy, or with script to put in. */
export function OfferedWords({ of: { terms, suggestions }, from, into, field, context }: OfferedWordsProps) {
  const { t } = context
  if (terms.length + suggestions.length === 0) return null
  const insert = (text: string) => (
    <insert-text into={`f-texts-${field}`} words={t('translation.insert')}>
      <span {...marksOf(into)}>{text}</span>
    </insert-text>
  )
  return (
    <details class="offer">
      <summary>{t('translation.offers', { terms: terms.length, sentences: suggestions.length })}</summary>
      {terms.length > 0 && (
        <dl>
          {terms.map(({ source, target }) => (
            <div>
              <dt {...marksOf(from)}>{source}</dt>
              <dd>{insert(target)}</dd>
            </div>
          ))}
        </dl>
      )}
      {suggestions.length > 0 && (
        <ul>
          {suggestions.map(({ source, target, percent, name }) => (
            <li>
              <p class="quiet">
                <bdi {...marksOf(from)}>{source}</bdi>
              </p>
              {insert(target)}
              <small>
                {t('translation.alike', { percent: percent / 100 })} · <bdi>{name}</bdi>
              </small>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
