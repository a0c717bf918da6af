import { languageMarks } from './text.tsx'
import type { PageContext } from './context.ts'
import type { Funding } from './values.ts'

// Geometry of the emblem (Interinstitutional style guide, annex A1), with a hoist of 18: fly 27, twelve stars on a circle
// of radius 6, each inscribed in a circle of radius 1, one point upright.
const positions = Array.from({ length: 12 }, (_, hour) => {
  const angle = (hour * Math.PI) / 6
  return `M${round(13.5 + 6 * Math.sin(angle))} ${round(8 - 6 * Math.cos(angle))}`
})
const star = 'l.588 1.809-1.539-1.118h1.902l-1.539 1.118z'

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** A funding statement; the European Union's emblem stands with it and nowhere else. */
export function FundingStatement({ of, context }: { of: Funding; context: PageContext }) {
  return (
    <div class="funding">
      {of.mark === 'eu' && (
        <svg class="eu" viewBox="0 0 27 18" role="img" aria-label={context.t('funding.emblem')}>
          <path fill="#039" d="M0 0h27v18H0z" />
          <path fill="#fc0" d={positions.map((position) => position + star).join('')} />
        </svg>
      )}
      <p {...languageMarks(of.statement, context.lang)}>{of.statement.value}</p>
    </div>
  )
}
