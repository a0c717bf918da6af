import { formatClock } from '#platform/time.ts'
import type { PageContext } from '#ui/index.ts'
import { playable, type Recording } from '../domain.ts'

interface TakenDownProps {
  readonly recording: Recording
  readonly context: PageContext
}

/** Says which parts of a recording were taken down, and why, and what is found in their place. */
export function TakenDown({ recording, context: { t, lang } }: TakenDownProps) {
  // Films and sounds are offered only as copies that lack them.
  const isCut = playable(recording.tracks, []).length > 0
  return (
    <>
      <p class="quiet">
        {t('recording.takenDown')} {isCut && t('recording.takenDown.cut')}
      </p>
      <ul class="quiet">
        {recording.takedowns.map(({ startsAt, endsAt, reason }) => (
          <li>
            {t(`recording.takenDown.${reason}`, { from: formatClock(startsAt, lang), to: formatClock(endsAt, lang) })}
          </li>
        ))}
      </ul>
    </>
  )
}
