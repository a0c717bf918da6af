import { plainText } from '#platform/text/index.ts'
import { formatList, languageMarks, PartialDate, Section, Text, type PageContext } from '#ui/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { displayName, type PublicationSummary } from '../domain.ts'
import { TypeWords } from './publication-parts.tsx'

interface CardsProps {
  readonly publications: readonly PublicationSummary[]
  readonly context: PageContext
  /** Without their abstracts. */
  readonly short?: boolean
}

/** Letters of an abstract in a list: a page of twenty is read on a bad line. */
const EXCERPT = 160

/** Publications of a list, each with its date, what it is, who made it and the languages it can be read in. */
export function PublicationCards({ publications, context, short = false }: CardsProps) {
  const { lang } = context
  return (
    <ul class="cards">
      {publications.map((publication) => (
        <li>
          <p class="kicker">
            {publication.issued !== null && <PartialDate day={publication.issued} lang={lang} />}
            <TypeWords types={publication.types} context={context} />
            <Languages of={publication.languages} context={context} />
          </p>
          <h3 {...languageMarks(publication.title, lang)}>
            <a href={publication.href}>{publication.title.value}</a>
          </h3>
          <Authors of={publication} context={context} />
          {!short && publication.summary && (
            <p>
              <Text of={{ ...publication.summary, value: plainText(publication.summary.value, EXCERPT) }} lang={lang} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function Languages({ of, context: { lang } }: { of: readonly string[]; context: PageContext }) {
  if (of.length === 0) return null
  return (
    <span>
      {formatList(
        of.map((one) => languageName(one, lang)),
        lang,
      )}
    </span>
  )
}

/** Names as they stand on the work; their pages are a step away, on its own page. */
function Authors({ of, context }: { of: PublicationSummary; context: PageContext }) {
  const { t, lang } = context
  const authors = of.contributors.filter(({ role }) => role === 'author')
  if (authors.length === 0) return null
  const names = authors.slice(0, 3).map((one) => one.reference?.name.value ?? displayName(one))
  const listed = formatList(names, lang)
  return (
    <p class="quiet">
      <bdi>
        {authors.length > 3 ? t('library.authorsMore', { authors: listed, count: authors.length - 3 }) : listed}
      </bdi>
    </p>
  )
}

/** Publications under a heading of another page, with the way to all of them when there are more. */
export function PublicationSection({
  title,
  publications,
  all,
  context,
}: {
  title: string
  publications: readonly PublicationSummary[]
  /** The way to all of them in the library; null when these are all. */
  all: { readonly label: string; readonly href: string } | null
  context: PageContext
}) {
  return (
    <Section title={title} id="publications">
      {publications.length > 0 && (
        <>
          <PublicationCards publications={publications} context={context} short />
          {all !== null && (
            <p>
              <a href={all.href}>{all.label}</a>
            </p>
          )}
        </>
      )}
    </Section>
  )
}
