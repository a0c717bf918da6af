import { typeName } from '#platform/files/index.ts'
import { formatClock } from '#platform/time.ts'
import { formatBytes, Icon, Text, TextStateBadge } from '#ui/index.ts'
import type { Track, TrackVersion } from '../domain.ts'
import { captionAddress, whichOf } from './addresses.ts'
import { OwnName } from './own-name.tsx'
import type { RecordingProps } from './recording-section.tsx'

/** Everything that can be loaded, with its language and its size. */
export function TrackList({ of, path, context }: RecordingProps) {
  return (
    <ul class="links">
      {of.recording.tracks.map((track) => (
        <TrackLine track={track} of={of} path={path} context={context} />
      ))}
    </ul>
  )
}

/** What somebody would load: pictures and streams are for players. */
const isOffered = ({ kind }: TrackVersion) => kind === 'audio' || kind === 'small_video' || kind === 'small_audio'
function TrackName({
  track: { kind, label },
  context: { t, lang },
}: {
  track: Track
  context: RecordingProps['context']
}) {
  return label ? <Text of={label} lang={lang} /> : <>{t(`track.${kind}`)}</>
}

function TrackLine({ track, of, path, context }: RecordingProps & { readonly track: Track }) {
  const { t, lang } = context
  const { kind, media, bytes } = track
  const seconds = media?.duration ?? null
  return (
    <li>
      <Icon name={kind === 'video' || kind === 'audio' ? 'play' : 'file'} />
      {track.withheld === null ? (
        <a href={track.href} hreflang={track.lang}>
          <TrackName track={track} context={context} />
        </a>
      ) : (
        <TrackName track={track} context={context} />
      )}
      <small>
        <span>
          <OwnName of={track.lang} />
        </span>
        {track.label && <span>{t(`track.${kind}`)}</span>}
        {track.channel === 'interpretation' && <span>{t('desk.trackChannel.interpretation')}</span>}
        {track.withheld !== null && <span>{t(`recording.withheld.${track.withheld}`)}</span>}
        {track.isElsewhere && <span>{t('recording.elsewhere', { host: hostOf(track.href) })}</span>}
        {track.file && <span>{typeName(track.file.type)}</span>}
        {seconds !== null && <span>{formatClock(seconds, lang)}</span>}
        {bytes !== null && <span>{formatBytes(bytes, lang)}</span>}
        {track.versions.filter(isOffered).map(({ kind: version, href, bytes: size }) => (
          <span>
            <a href={href}>{t(`track.version.${version}`)}</a> {formatBytes(size, lang)}
          </span>
        ))}
        {track.synthetic && <span>{t('text.synthetic')}</span>}
        {track.isBehind && <TextStateBadge state="behind" context={context} />}
        {track.cues > 0 && (
          <span>
            <a href={captionAddress(path, track.lang, 'txt', whichOf(of))}>{t('recording.asText')}</a>{' '}
            {formatBytes(track.textBytes, lang)}
          </span>
        )}
      </small>
    </li>
  )
}

const hostOf = (href: string) => (URL.canParse(href) ? new URL(href).host : href)
