import { servedAs } from '#platform/files/index.ts'
import { languageName, ownName } from '#platform/i18n/index.ts'
import { playable, secondOf, type Track } from '../domain.ts'
import { keptQuery, withQuery } from './addresses.ts'
import { OwnName } from './own-name.tsx'
import type { RecordingProps } from './recording-section.tsx'

/** The browser's own player. Without script, the second that was asked for is in the address of the file (W3C Media Fragments 1.0). */
export function Player({ of, media, path, context }: RecordingProps & { readonly media: Track }) {
  const { t, lang } = context
  const { recording, second } = of
  const captions = recording.tracks.filter(({ kind, cues }) => kind === 'captions' && cues > 0)
  const shared = {
    controls: true,
    preload: 'none' as const,
    lang: media.lang,
    'aria-label': t(`recording.play.${media.kind === 'video' ? 'video' : 'audio'}`, {
      language: languageName(media.lang, lang),
    }),
  }
  const children = (
    <>
      <source
        src={second === null ? media.href : `${media.href}#t=${secondOf(second)}`}
        type={servedAs(media.file?.type ?? '').contentType}
      />
      {captions.map((track) => (
        <track
          kind="captions"
          src={`${path}/captions/${track.lang}.vtt`}
          srclang={track.lang}
          label={ownName(track.lang)}
          default={track.id === of.stretch?.track.id}
        />
      ))}
    </>
  )
  return (
    <>
      {media.kind === 'video' ? <video {...shared}>{children}</video> : <audio {...shared}>{children}</audio>}
      <OtherLanguages of={of} media={media} path={path} context={context} />
    </>
  )
}

/** The same second in the other languages that were recorded. */
function OtherLanguages({ of, media, path, context: { t } }: RecordingProps & { readonly media: Track }) {
  const langs = playable(of.recording.tracks, []).map(({ lang }) => lang)
  const others = [...new Set(langs)].filter((lang) => lang !== media.lang)
  if (others.length === 0) return null
  return (
    <ul class="tags" aria-label={t('recording.also')}>
      {others.map((lang) => (
        <li>
          <a href={withQuery(path, { ...keptQuery(of), play: lang }, '#recording')} hreflang={lang}>
            <OwnName of={lang} />
          </a>
        </li>
      ))}
    </ul>
  )
}
