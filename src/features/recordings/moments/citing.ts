import type { Seminar, Session } from '#features/seminars/index.ts'
import { isolate } from '#platform/i18n/index.ts'
import { formatClock, formatDay, formatDayRange } from '#platform/time.ts'
import { formatList, type PageContext } from '#ui/index.ts'
import { spanAddress, spanQuery, withQuery } from '../views/addresses.ts'
import { speakersOf } from './domain.ts'
import type { Quote } from './reading.ts'

/** A span with all that is needed to cite it. */
export interface Moment {
  readonly quote: Quote
  /** The session's page at this span. */
  readonly href: string
  /** For others: whole, and for life where the moment is kept. */
  readonly address: string
  readonly citation: string
  /** HTML for other sites; null for what visitors may not see. */
  readonly embed: string | null
  /** The record that keeps it, if any does. */
  readonly id: string | null
}

interface Cited {
  readonly seminar: Seminar
  readonly session: Session
  readonly quote: Quote
  readonly isPublic: boolean
  readonly id: string | null
}

/** What plays, what is read and of which recording, as addresses keep it. */
export const keptIn = ({ media, captions, which }: Pick<Quote, 'media' | 'captions' | 'which'>) => ({
  play: media?.lang,
  text: captions?.lang,
  recording: which,
})

/** Says how a span is cited, in the language of a page. */
export function citeSpan(cited: Cited, context: PageContext): Moment {
  const { session, quote, isPublic, id } = cited
  const { origin } = context.hub
  const span = spanQuery(quote.span)
  // Without languages: whoever follows it reads and hears their own.
  const href = spanAddress(session.href, quote.span, quote.which)
  const address = id === null ? origin + href : `${origin}/r/${id}`
  const embed = isPublic
    ? embedCode(origin + withQuery(`${session.href}/embed`, { ...span, ...keptIn(quote) }), session.title.value)
    : null
  return { quote, href, address, citation: citationOf(cited, address, context), embed, id }
}

function citationOf({ seminar, session, quote }: Cited, address: string, { t, lang, hub }: PageContext): string {
  const { startsOn, endsOn, precision } = seminar
  const speakers = speakersOf(quote.cues)
  return t('moment.cited', {
    named: speakers.length > 0 ? 'yes' : 'no',
    speakers: formatList(speakers, lang),
    session: session.title.value,
    seminar: seminar.title.value,
    hub: hub.name.value,
    date:
      session.startsOn === null ? formatDayRange(startsOn, endsOn, lang, precision) : formatDay(session.startsOn, lang),
    from: formatClock(quote.span.from, lang),
    to: formatClock(quote.span.to, lang),
    address: isolate(address),
  })
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

function embedCode(address: string, title: string): string {
  return `<iframe src="${escape(address)}" title="${escape(title)}" width="560" height="420" loading="lazy" allowfullscreen></iframe>`
}
