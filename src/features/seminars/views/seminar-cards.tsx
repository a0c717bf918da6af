import { regionName } from '#platform/i18n/index.ts'
import { DayRange, languageMarks, Section, Text, type PageContext } from '#ui/index.ts'
import type { Phase, SeminarSummary } from '../domain.ts'

const eventful: readonly Phase[] = ['registration-open', 'registration-closed', 'live', 'recorded']

/** Seminars of a list, each with its days, its form and what its phase offers. */
export function SeminarCards({ seminars, context }: { seminars: readonly SeminarSummary[]; context: PageContext }) {
  const { lang, t } = context
  return (
    <ul class="cards">
      {seminars.map((seminar) => (
        <li>
          <p class="kicker">
            <DayRange dates={seminar} lang={lang} />
            <span>{t(`form.${seminar.form}`)}</span>
            <span>{whereWords(seminar, context)}</span>
            {eventful.includes(seminar.phase) && <span class="badge">{t(`phase.${seminar.phase}`)}</span>}
          </p>
          <h3 {...languageMarks(seminar.title, lang)}>
            <a href={seminar.href}>{seminar.title.value}</a>
          </h3>
          {seminar.summary && (
            <p>
              <Text of={seminar.summary} lang={lang} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Seminars under a heading of another page; nothing when there are none. */
export function SeminarSection({
  title,
  seminars,
  context,
}: {
  title: string
  seminars: readonly SeminarSummary[]
  context: PageContext
}) {
  return (
    <Section title={title}>{seminars.length > 0 && <SeminarCards seminars={seminars} context={context} />}</Section>
  )
}

/** Where it takes place: a city as its programme writes it, a country by its name in the reader's language, or online. */
export function whereWords(
  { city, country, mode }: Pick<SeminarSummary, 'city' | 'country' | 'mode'>,
  { lang, t }: PageContext,
): string {
  const name = country && regionName(country, lang)
  if (city && name) return t('seminar.place', { city, country: name })
  return city ?? name ?? t(`mode.${mode}`)
}
