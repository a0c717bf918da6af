import { isolate, languageName } from '#platform/i18n/index.ts'
import { Icon, Text } from '#ui/index.ts'
import type { Track } from '../domain.ts'
import { outsidePlayer, type OutsidePlayer } from '../embeds/outside.ts'
import { keptQuery, nameIn, withQuery } from './addresses.ts'
import type { RecordingProps } from './recording-section.tsx'

/** Films and sounds of other hosts: each plays here after a click, which says beforehand who will be told. */
export function Outside(props: RecordingProps) {
  const { of, path, context } = props
  const { t, lang } = context
  const offered = of.recording.tracks.flatMap((track) => {
    const player = isMedia(track) ? outsidePlayer(track.href, of.second ?? 0) : null
    return player ? [{ track, player }] : []
  })
  return (
    <>
      {offered.map(({ track, player }) =>
        track.id === of.outside?.id ? (
          <OutsideFrame {...props} track={track} player={player} />
        ) : (
          <div class="notice">
            <p>
              <a
                class="button"
                href={withQuery(path, { ...keptQuery(of), outside: track.id }, `#${nameIn(of, 'outside')}`)}
                rel="nofollow"
              >
                <Icon name="play" /> {track.label ? <Text of={track.label} lang={lang} /> : titleOf(track, props)}
              </a>
            </p>
            <p>{t('recording.outside', { host: isolate(player.host) })}</p>
          </div>
        ),
      )}
    </>
  )
}

const isMedia = ({ kind, isElsewhere }: Track) => isElsewhere && (kind === 'video' || kind === 'audio')

function titleOf(track: Track, { context: { t, lang } }: RecordingProps): string {
  return t(`recording.play.${track.kind === 'video' ? 'video' : 'audio'}`, { language: languageName(track.lang, lang) })
}

function OutsideFrame(props: RecordingProps & { readonly track: Track; readonly player: OutsidePlayer }) {
  const { track, player, of } = props
  const title = titleOf(track, props)
  if (player.kind === 'frame')
    return (
      <iframe
        id={nameIn(of, 'outside')}
        class="outside"
        src={player.src}
        title={title}
        allow="fullscreen; picture-in-picture; encrypted-media"
        sandbox="allow-scripts allow-same-origin allow-presentation"
        referrerpolicy="strict-origin"
      />
    )
  const shared = {
    id: nameIn(of, 'outside'),
    controls: true,
    preload: 'none' as const,
    src: player.src,
    'aria-label': title,
  }
  return player.kind === 'video' ? <video {...shared} /> : <audio {...shared} />
}
