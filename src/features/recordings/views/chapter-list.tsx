import { formatClock } from '#platform/time.ts'
import { StateNote, Text, type PageContext } from '#ui/index.ts'
import { chapterAt, chaptersAround, type Chapter } from '../chapters/domain.ts'
import { secondOf } from '../domain.ts'
import { keptQuery, nameIn, withQuery } from './addresses.ts'
import type { RecordingProps } from './recording-section.tsx'

/** Chapters that are listed at once; more would be longer than the page they lead through. */
const MOST_LISTED = 60

/** What a chapter is called: its title, or the slide that comes up. */
export function ChapterName({ of, context: { t, lang } }: { readonly of: Chapter; readonly context: PageContext }) {
  return of.title ? <Text of={of.title} lang={lang} /> : <>{t('recording.slide', { number: of.slide ?? of.number })}</>
}

/** The chapters of a recording, each a link to where it begins; the one at the second asked for is marked. */
export function ChapterList({ of, path, context }: RecordingProps) {
  const { t, lang } = context
  const { chapters, second } = of
  if (chapters.length < 2) return null
  const current = second === null ? null : chapterAt(chapters, second)
  const listed = chaptersAround(chapters, current?.number ?? 1, MOST_LISTED)
  const foreign = listed.find(
    ({ title }) => title && (title.lang !== lang || title.state === 'behind' || title.state === 'machine'),
  )?.title
  return (
    <details class="chapters">
      <summary>{t('recording.chapters')}</summary>
      {foreign && <StateNote of={foreign} context={context} />}
      <ol start={listed[0]?.number}>
        {listed.map((chapter) => (
          <li aria-current={chapter === current ? 'true' : undefined}>
            <a
              href={withQuery(
                path,
                { ...keptQuery(of), t: secondOf(chapter.startsAt) },
                `#${nameIn(of, 'transcript')}`,
              )}
            >
              <ChapterName of={chapter} context={context} />
            </a>{' '}
            <small>{formatClock(chapter.startsAt, lang)}</small>
          </li>
        ))}
      </ol>
    </details>
  )
}
