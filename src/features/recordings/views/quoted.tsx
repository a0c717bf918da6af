import { direction } from '#platform/i18n/index.ts'
import { formatClock } from '#platform/time.ts'
import type { PageContext } from '#ui/index.ts'
import type { Quote } from '../moments/reading.ts'

/** The lines of a span, as a quotation. */
export function Quoted({ of: { captions, cues }, context: { lang } }: { of: Quote; context: PageContext }) {
  if (captions === null || cues.length === 0) return null
  return (
    <blockquote lang={captions.lang} dir={direction(captions.lang)}>
      <ol class="cues">
        {cues.map((cue, index) => (
          <li>
            <small>{formatClock(cue.startsAt, lang)}</small>{' '}
            {cue.speaker !== null && cue.speaker !== cues[index - 1]?.speaker && <b>{cue.speaker}: </b>}
            {cue.text}
          </li>
        ))}
      </ol>
    </blockquote>
  )
}
