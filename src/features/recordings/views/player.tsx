import { playable, type Track } from '../domain.ts'
import { keptQuery, nameIn, whichOf, withQuery } from './addresses.ts'
import { captionsIn, Media } from './media.tsx'
import { OwnName } from './own-name.tsx'
import type { RecordingProps } from './recording-section.tsx'

/** What plays, and the same second in the other languages that were recorded. */
export function Player({ of, media, path, context }: RecordingProps & { readonly media: Track }) {
  return (
    <div class="player">
      <Media
        media={media}
        captions={captionsIn(of.recording.tracks)}
        hasChapters={of.chapters.length > 1}
        shown={of.stretch?.track.id}
        from={of.second ?? of.recording.part?.startsAt ?? null}
        to={of.end ?? of.recording.part?.endsAt ?? null}
        path={path}
        which={whichOf(of)}
        context={context}
      />
      <OtherLanguages of={of} media={media} path={path} context={context} />
    </div>
  )
}

function OtherLanguages({ of, media, path, context: { t } }: RecordingProps & { readonly media: Track }) {
  const langs = playable(of.recording.tracks, []).map(({ lang }) => lang)
  const others = [...new Set(langs)].filter((lang) => lang !== media.lang)
  if (others.length === 0) return null
  return (
    <ul class="tags" aria-label={t('recording.also')}>
      {others.map((lang) => (
        <li>
          <a href={withQuery(path, { ...keptQuery(of), play: lang }, `#${nameIn(of, 'recording')}`)} hreflang={lang}>
            <OwnName of={lang} />
          </a>
        </li>
      ))}
    </ul>
  )
}
