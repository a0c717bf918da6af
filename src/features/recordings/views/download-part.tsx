import { chapterAt } from '../chapters/domain.ts'
import { captionsIn } from './media.tsx'
import { OwnName } from './own-name.tsx'
import type { RecordingProps } from './recording-section.tsx'

const formats = ['vtt', 'srt', 'txt', 'docx', 'pdf']

/** The transcript to take along: in each language, in each format, whole or only the chapter that is asked for. */
export function DownloadPart({ of, path, context: { t } }: RecordingProps) {
  const langs = [...new Set(captionsIn(of.recording.tracks).map(({ lang }) => lang))]
  if (langs.length === 0) return null
  const chapter = of.second === null ? null : chapterAt(of.chapters, of.second)
  const links = (lang: string, query = '') =>
    formats.map((format) => (
      <>
        {' '}
        <a href={`${path}/captions/${lang}.${format}${query}`}>{format.toUpperCase()}</a>
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
            {links(of.stretch.track.lang, `?chapter=${chapter.number}`)}
          </li>
        )}
      </ul>
    </details>
  )
}
