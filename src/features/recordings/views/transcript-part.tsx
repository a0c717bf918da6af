import { direction } from '#platform/i18n/index.ts'
import { formatClock } from '#platform/time.ts'
import { Icon, Notice } from '#ui/index.ts'
import { secondOf } from '../domain.ts'
import type { Stretch } from '../transcript.ts'
import { isWithin } from '../moments/domain.ts'
import { keptQuery, nameIn, spanQuery, whichOf, withQuery } from './addresses.ts'
import { ChapterName } from './chapter-list.tsx'
import { FindPart } from './find-part.tsx'
import { OwnName } from './own-name.tsx'
import type { RecordingProps } from './recording-section.tsx'
import { SpanForm } from './span-form.tsx'

type TranscriptProps = RecordingProps & { readonly stretch: Stretch }

/** A stretch of what was said, each line a link to its second; the one that is spoken at the second asked for is marked. */
export function Transcript(props: TranscriptProps) {
  const { of, stretch, context } = props
  const { t, lang } = context
  const { track, parts, current } = stretch
  const span = of.second === null || of.end === null ? null : { from: of.second, to: of.end }
  const isMarked = (cue: Stretch['cues'][number]) => (span ? isWithin(span, cue) : cue.number === current)
  const pageLanguage = track.lang === lang ? {} : { lang, dir: direction(lang) }
  return (
    <section
      aria-labelledby={`${of.place === 0 ? '' : `${nameIn(of, 'recording')}-title `}${nameIn(of, 'transcript')}`}
      class="transcript"
    >
      <h3 id={nameIn(of, 'transcript')} tabIndex={-1}>
        {t('recording.transcript')}
      </h3>
      {track.isBehind && <Notice kind="warning">{t('text.behind')}</Notice>}
      <OtherTranscripts {...props} />
      <FindPart {...props} />
      <div class="stretch">
        <div class="spoken" lang={track.lang} dir={direction(track.lang)}>
          {parts.map((part) => (
            <>
              {part.chapter && (
                <h4 {...pageLanguage}>
                  <ChapterName of={part.chapter} context={context} />
                </h4>
              )}
              <ol class="cues">
                {part.cues.map((cue, index) => (
                  <li
                    id={nameIn(of, `c${cue.number}`)}
                    aria-current={cue.number === current ? 'true' : undefined}
                    data-end={endOf(cue, part.cues[index + 1])}
                  >
                    <a href={addressOf(props, cue.startsAt, `c${cue.number}`)}>{formatClock(cue.startsAt, lang)}</a>{' '}
                    {cue.speaker !== null && cue.speaker !== part.cues[index - 1]?.speaker && (
                      <SpeakerName label={cue.speaker} {...props} />
                    )}
                    {isMarked(cue) ? <mark>{cue.text}</mark> : cue.text}
                  </li>
                ))}
              </ol>
            </>
          ))}
        </div>
        <Neighbours {...props} />
      </div>
      <Cite {...props} />
    </section>
  )
}

/** Who speaks: the person, when somebody said who is meant, else the name as the captions have it. */
function SpeakerName({ label, of, context: { lang } }: TranscriptProps & { readonly label: string }) {
  const person = of.speakers.get(label)
  if (!person) return <b>{label}: </b>
  const { name, href } = person
  const marks = { lang: name.lang, dir: direction(name.lang) }
  return (
    <b>
      <bdi {...marks}>
        {href === null ? (
          name.value
        ) : (
          <a href={href} hreflang={lang}>
            {name.value}
          </a>
        )}
      </bdi>
      :{' '}
    </b>
  )
}

/** Where a line ends, in seconds, if nothing follows it at once: what the script of the page cannot know by itself. */
const endOf = (cue: Stretch['cues'][number], next: Stretch['cues'][number] | undefined) =>
  next && next.startsAt - cue.endsAt < 500 ? undefined : secondOf(cue.endsAt)

/** Leads to the page that says how a span is cited. */
function Cite({ of, stretch, path, context }: TranscriptProps) {
  const { t } = context
  const kept = { text: stretch.track.lang, play: of.media?.lang, recording: whichOf(of) }
  const { second: from, end: to } = of
  return (
    <>
      {from !== null && to !== null && (
        <p>
          <a href={withQuery(`${path}/moment`, { ...spanQuery({ from, to }), ...kept })}>{t('moment.cite')}</a>
        </p>
      )}
      <details class="screen">
        <summary>{t('moment.choose')}</summary>
        <SpanForm id={nameIn(of, 'span')} action={`${path}/moment`} from={from} to={to} kept={kept} context={context} />
      </details>
    </>
  )
}

const addressOf = ({ of, path }: TranscriptProps, milliseconds: number, name = 'transcript') =>
  withQuery(path, { ...keptQuery(of), t: secondOf(milliseconds) }, `#${nameIn(of, name)}`)

function OtherTranscripts({ of, stretch, path, context: { t } }: TranscriptProps) {
  const tracks = of.recording.tracks.filter(({ kind, cues }) => kind === 'captions' && cues > 0)
  const others = [...new Set(tracks.map(({ lang }) => lang))].filter((lang) => lang !== stretch.track.lang)
  if (others.length === 0) return null
  return (
    <ul class="tags" aria-label={t('recording.readIn')}>
      {others.map((lang) => (
        <li>
          <a href={withQuery(path, { ...keptQuery(of), text: lang }, `#${nameIn(of, 'transcript')}`)} hreflang={lang}>
            <OwnName of={lang} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function Neighbours(props: TranscriptProps) {
  const { of, context } = props
  const { t } = context
  const { previous, next } = props.stretch
  if (previous === null && next === null) return null
  return (
    <nav aria-label={of.place === 0 ? t('recording.parts') : of.recording.title.value}>
      {previous !== null && (
        <a href={addressOf(props, previous)} rel="prev">
          <Icon name="previous" /> {t('recording.earlier')}
        </a>
      )}{' '}
      {next !== null && (
        <a href={addressOf(props, next)} rel="next">
          {t('recording.later')} <Icon name="next" />
        </a>
      )}
    </nav>
  )
}
