import { direction } from '#platform/i18n/index.ts'
import { formatClock } from '#platform/time.ts'
import { partAtWords } from '../find-words.ts'
import type { FoundLines, Stretch } from '../transcript.ts'
import { keptQuery, nameIn, withQuery } from './addresses.ts'
import type { RecordingProps } from './recording-section.tsx'
import { secondOf } from '../domain.ts'

type FindProps = RecordingProps & { readonly stretch: Stretch }

/** Looks for words in the whole transcript, not only in the stretch that is shown. */
export function FindPart(props: FindProps) {
  const { of, path, context } = props
  const { t } = context
  const id = nameIn(of, 'find')
  const kept = Object.entries(keptQuery(of))
  const isFound = of.found?.folded !== ''
  return (
    <>
      <form
        action={`${path}#${id}`}
        class="find screen"
        role="search"
        // Several recordings of a session are told apart, and from the hub's own search.
        aria-label={t('recording.findIn', { title: of.recording.title.value })}
      >
        {kept.map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
        <label for={id}>{t('recording.find')}</label>{' '}
        <input type="search" id={id} name="find" value={of.found?.words ?? ''} maxLength={100} />{' '}
        <button type="submit" class="button">
          {t('recording.find.do')}
        </button>
      </form>
      <p role="status" class="count">
        {of.found && isFound && countOf(of.found, props)}
      </p>
      <div class="hits">{of.found && isFound && <Found {...props} found={of.found} />}</div>
    </>
  )
}

const countOf = ({ isMore, cues }: FoundLines, { context: { t } }: FindProps) =>
  t(isMore ? 'recording.foundMore' : 'recording.found', { count: cues.length })

function Found({ of, path, stretch, context, found }: FindProps & { readonly found: FoundLines }) {
  const { lang } = context
  const { words, folded, cues } = found
  const query = { ...keptQuery(of), find: words }
  return (
    <ol class="cues found" lang={stretch.track.lang} dir={direction(stretch.track.lang)}>
      {cues.map((cue) => (
        <li>
          <a href={withQuery(path, { ...query, t: secondOf(cue.startsAt) }, `#${nameIn(of, `c${cue.number}`)}`)}>
            {formatClock(cue.startsAt, lang)}
          </a>{' '}
          {partAtWords(cue.text, folded).map((piece) => (piece.isFound ? <mark>{piece.text}</mark> : piece.text))}
        </li>
      ))}
    </ol>
  )
}
