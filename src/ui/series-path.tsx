import type { PageContext } from './context.ts'
import { languageMarks } from './text.tsx'
import { DayRange, PartialDate } from './time.tsx'
import type { PathEntry } from './values.ts'

interface SeriesPathProps {
  readonly entries: readonly PathEntry[]
  /** Number of the entry the page is about, if it is about one. */
  readonly current: number | null
  readonly context: PageContext
}

/** A series as a path of numbered places: the one we are at, the others, and gaps where the hub has nothing. */
export function SeriesPath({ entries, current, context }: SeriesPathProps) {
  return (
    <ol class="path">
      {entries.map((entry) => (
        <li
          value={entry.number}
          class={entry.title ? undefined : 'gap'}
          aria-current={entry.number === current ? 'true' : undefined}
        >
          <PathPlace entry={entry} isCurrent={entry.number === current} context={context} />
        </li>
      ))}
    </ol>
  )
}

function PathPlace({ entry, isCurrent, context }: { entry: PathEntry; isCurrent: boolean; context: PageContext }) {
  const { lang, t } = context
  if (!entry.title) return <>{t('series.gap')}</>
  const marks = languageMarks(entry.title, lang)
  return (
    <>
      {entry.href && !isCurrent ? (
        <a href={entry.href} {...marks}>
          {entry.title.value}
        </a>
      ) : (
        <strong {...marks}>{entry.title.value}</strong>
      )}
      {entry.dates && (
        <small>
          <EntryDates of={entry.dates} lang={lang} />
        </small>
      )}
    </>
  )
}

function EntryDates({ of: dates, lang }: { of: NonNullable<PathEntry['dates']>; lang: string }) {
  return 'issued' in dates ? <PartialDate day={dates.issued} lang={lang} /> : <DayRange dates={dates} lang={lang} />
}
