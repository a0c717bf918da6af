import { chapterAt } from '../chapters/domain.ts'
import { captionAddress, captionFormats, whichOf } from './addresses.ts'
import { captionsIn } from './media.tsx'
import { OwnName } from './own-name.tsx'
import type { RecordingProps } from './recording-section.tsx'

/** The transcript to take along: in each language, in each format, whole or only the chapter that is asked for. */
export function DownloadPart({ of, path, context: { t } }: RecordingProps) {
  const langs = [...new Set(captionsIn(of.recording.tracks).map(({ lang }) => lang))]
  if (langs.length === 0) return null
  const chapter = of.second === null ? null : chapterAt(of.chapters, of.second)
  const links = (lang: string, part: number | null = null) =>
    captionFormats.map((format) => (
      <>
        {' '}
        <a href={captionAddress(path, lang, format, whichOf(of), part)}>{format.toUpperCase()}</a>
      </>
    ))
  return (
    <details>
      <summary>{t('recording.download')}</summary>
      <ul>
        {langs.map((lang) => (
          <li>
            <OwnName of={lang} />
            {links(lang)}
          </li>
        ))}
        {of.stretch && chapter && (
          <li>
            {t('recording.thisChapter')}
            {links(of.stretch.track.lang, chapter.number)}
          </li>
        )}
      </ul>
    </details>
  )
}
