import { servedAs } from '#platform/files/index.ts'
import { languageName, ownName } from '#platform/i18n/index.ts'
import type { PageContext } from '#ui/index.ts'
import { secondOf, type Track, type TrackVersion } from '../domain.ts'
import { captionAddress, chapterAddress } from './addresses.ts'

interface MediaProps {
  readonly media: Track
  readonly captions: readonly Track[]
  /** Whether it has chapters to jump to. */
  readonly hasChapters?: boolean
  /** The captions that are shown without asking. */
  readonly shown: string | undefined
  /** Milliseconds: where it begins, and where it stops. */
  readonly from: number | null
  readonly to: number | null
  /** Path of the session, and the id of the recording where it is not its first. */
  readonly path: string
  readonly which: string | null
  readonly context: PageContext
}

/** The browser's own player. Without script, the span that was asked for is in the address of the file (W3C Media Fragments 1.0). */
export function Media({ media, captions, hasChapters, shown, from, to, path, which, context }: MediaProps) {
  const { t, lang } = context
  const shared = {
    controls: true,
    preload: 'none' as const,
    lang: media.lang,
    'aria-label': t(`recording.play.${media.kind === 'video' ? 'video' : 'audio'}`, {
      language: languageName(media.lang, lang),
    }),
  }
  const fragment = from === null ? '' : `#t=${secondOf(from)}${to === null ? '' : `,${secondOf(to)}`}`
  const version = (kind: TrackVersion['kind']) => media.versions.find((one) => one.kind === kind)
  const poster = version('poster')
  const small = [version('playlist'), version('small_video')].filter((one) => one !== undefined)
  const children = (
    <>
      {media.kind === 'video' &&
        small.map(({ href, type }) => <source media="(max-width: 40em)" src={href + fragment} type={type} />)}
      <source src={media.href + fragment} type={servedAs(media.file?.type ?? '').contentType} />
      {captions.map((track) => (
        <track
          kind="captions"
          src={captionAddress(path, track.lang, 'vtt', which)}
          srclang={track.lang}
          label={ownName(track.lang)}
          default={track.id === shown}
        />
      ))}
      {hasChapters && (
        <track
          kind="chapters"
          src={chapterAddress(path, lang, 'vtt', which)}
          srclang={lang}
          label={t('recording.chapters')}
        />
      )}
    </>
  )
  if (media.kind === 'audio') return <audio {...shared}>{children}</audio>
  return (
    <video {...shared} {...(poster && { poster: poster.href })}>
      {children}
    </video>
  )
}

/** The captions among tracks that have lines. */
export const captionsIn = (tracks: readonly Track[]) =>
  tracks.filter(({ kind, cues }) => kind === 'captions' && cues > 0)
