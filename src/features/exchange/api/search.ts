import type { z } from 'zod'
import type { SearchTold } from '#features/search/index.ts'
import type { SearchAnswer } from './schemas/search.ts'

/** What was found, as the interface promises it. */
export function presentSearch(origin: string, told: SearchTold): Omit<z.input<typeof SearchAnswer>, 'next'> {
  const whole = (href: string) => new URL(href, origin).href
  return {
    items: told.items.map(({ id, kind, href, title, score, passages }) => ({
      id,
      kind,
      url: whole(href),
      lang: passages[0]?.lang ?? title.lang,
      title: { lang: title.lang, state: title.state, value: title.value },
      score,
      passages: passages.map((passage) => ({
        text: passage.pieces.map(({ text }) => text).join(''),
        lang: passage.lang,
        url: whole(passage.href),
        anchor: { ...passage.anchor },
      })),
    })),
    total: told.total,
    facets: Object.fromEntries(Object.entries(told.facets).map(([name, values]) => [name, [...values]])),
    alsoSearched: [...told.alsoSearched],
    suggestions: [...told.suggestions],
    partial: told.isPartial,
    complete: told.isComplete,
  }
}
