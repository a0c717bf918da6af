import type { ComponentChildren } from 'preact'
import { formatDay, formatMinutes, formatTime, type Day, type Instant } from '#platform/time.ts'
import type { PageContext } from './context.ts'
import { languageMarks } from './text.tsx'
import { Hours } from './time.tsx'
import type { AgendaItem } from './values.ts'

interface TimelineProps<Item extends AgendaItem> {
  readonly items: readonly Item[]
  readonly zone: string
  readonly context: PageContext
  /** Level of the days' headings; the items' are one below. */
  readonly level: 2 | 3
  /** What follows an item's title. */
  readonly details?: (item: Item) => ComponentChildren
}

interface TimelineDay<Item> {
  readonly day: Day | null
  readonly items: readonly Item[]
}

/** An agenda: its days, and in each the numbered sessions down a line. Known hours are also drawn to scale. */
export function Timeline<Item extends AgendaItem>({ items, zone, context, level, details }: TimelineProps<Item>) {
  const days = groupByDay(items)
  // A day nobody knows needs no heading when no other day is known either.
  const hasDays = days.some(({ day }) => day !== null)
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div class="timeline">
      {days.map(({ day, items: parts }, index) => (
        <section>
          {hasDays && (
            <Heading class="day">
              <DayName day={day} number={days.length > 1 ? index + 1 : null} context={context} />
            </Heading>
          )}
          <DayBar items={parts} zone={zone} context={context} />
          <ol class="agenda">
            {parts.map((item) => (
              <li value={item.number}>
                <TimelineItem item={item} zone={zone} context={context} level={hasDays ? level + 1 : level} />
                {details?.(item)}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

interface DayNameProps {
  readonly day: Day | null
  /** Its number among the days; null where there is one only. */
  readonly number: number | null
  readonly context: PageContext
}

function DayName({ day, number, context: { t, lang } }: DayNameProps) {
  if (day === null) return <>{t('agenda.noDay')}</>
  return (
    <>
      {number !== null && <span>{t('agenda.day', { number })}</span>}{' '}
      <time datetime={day}>{formatDay(day, lang, 'weekday')}</time>
    </>
  )
}

interface ItemProps {
  readonly item: AgendaItem
  readonly zone: string
  readonly context: PageContext
  readonly level: number
}

function TimelineItem({ item, zone, context, level }: ItemProps) {
  const Heading = level === 2 ? 'h2' : level === 3 ? 'h3' : 'h4'
  return (
    <>
      <Heading {...languageMarks(item.title, context.lang)}>
        {item.href === null ? item.title.value : <a href={item.href}>{item.title.value}</a>}
      </Heading>
      {(item.startsAt ?? item.minutes) !== null && (
        <p class="when">
          {item.startsAt ? (
            <Hours startsAt={item.startsAt} endsAt={item.endsAt} zone={zone} context={context} />
          ) : (
            item.minutes && formatMinutes(item.minutes, context.lang)
          )}
        </p>
      )}
    </>
  )
}

/** Sessions whose day is not known come last, as a group of their own. */
function groupByDay<Item extends AgendaItem>(items: readonly Item[]): TimelineDay<Item>[] {
  const days = [...new Set(items.flatMap((item) => item.startsOn ?? []))].sort()
  const groups = [...days, null].map((day) => ({ day, items: items.filter((item) => item.startsOn === day) }))
  return groups.filter((group) => group.items.length > 0)
}

interface DayBarProps {
  readonly items: readonly AgendaItem[]
  readonly zone: string
  readonly context: PageContext
}

/** A day drawn to scale, a bar for each session; only where every hour is known and there is more than one session. */
function DayBar({ items, zone, context }: DayBarProps) {
  const spans = items.flatMap(({ startsAt, endsAt }) => (startsAt && endsAt ? [{ startsAt, endsAt }] : []))
  const first = spans.reduce((at, span) => (span.startsAt < at ? span.startsAt : at), spans[0]?.startsAt ?? '')
  const last = spans.reduce((at, span) => (span.endsAt > at ? span.endsAt : at), '')
  if (spans.length < 2 || spans.length < items.length) return null
  return (
    <div class="span" aria-hidden="true">
      <svg class="daybar flips" viewBox={`0 0 ${minutes(first, last)} 8`} preserveAspectRatio="none">
        {spans.map((span) => (
          <rect x={minutes(first, span.startsAt)} width={minutes(span.startsAt, span.endsAt)} height="8" />
        ))}
      </svg>
      <p>
        <span>{formatTime(first, context.lang, zone)}</span>
        <span>{formatTime(last, context.lang, zone)}</span>
      </p>
    </div>
  )
}

function minutes(from: Instant, until: Instant): number {
  return (Date.parse(until) - Date.parse(from)) / 60_000
}
