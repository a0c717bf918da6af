import { ownName } from '#platform/i18n/index.ts'
import { FactList, PartialDate, Text, type PageContext } from '#ui/index.ts'
import { displayName, type Identifier, type Publication, type ShownContributor } from '../domain.ts'
import { identifierHref } from '../identifiers.ts'

/** Types in the reader's language, as one line. */
export function TypeWords({ types, context }: { types: Publication['types']; context: PageContext }) {
  return (
    <>
      {types.map((type) => (
        <span>{context.t(`publicationType.${type}`)}</span>
      ))}
    </>
  )
}

/** Who made it, in order: each a link where the directory knows them. */
function Contributors({ of, lang }: { of: readonly ShownContributor[]; lang: string }) {
  return (
    <ul>
      {of.map((contributor) => (
        <li>
          <Contributor of={contributor} lang={lang} />
        </li>
      ))}
    </ul>
  )
}

/** One contributor by name. */
function Contributor({ of: contributor, lang }: { of: ShownContributor; lang: string }) {
  const { reference } = contributor
  if (!reference) return <bdi>{displayName(contributor)}</bdi>
  return (
    <a href={reference.href}>
      <Text of={reference.name} lang={lang} />
    </a>
  )
}

/** What is known of a publication at a glance. */
export function PublicationFacts({
  publication,
  context,
}: {
  readonly publication: Publication
  readonly context: PageContext
}) {
  const { t, lang } = context
  const by = (role: ShownContributor['role']) => publication.contributors.filter((one) => one.role === role)
  const people = (role: ShownContributor['role']) =>
    by(role).length > 0 && { term: t(`contributor.${role}`), value: <Contributors of={by(role)} lang={lang} /> }
  const { issued, types, languages, identifiers } = publication
  return (
    <FactList
      facts={[
        people('author'),
        people('editor'),
        people('publisher'),
        issued !== null && { term: t('publication.issued'), value: <PartialDate day={issued} lang={lang} /> },
        types.length > 0 && {
          term: t('publication.type'),
          value: (
            <ul>
              {types.map((type) => (
                <li>{t(`publicationType.${type}`)}</li>
              ))}
            </ul>
          ),
        },
        languages.length > 0 && {
          term: t('publication.languages'),
          value: (
            <ul>
              {languages.map((one) => (
                <li lang={one}>{ownName(one)}</li>
              ))}
            </ul>
          ),
        },
        identifiers.length > 0 && {
          term: t('publication.identifiers'),
          value: <Identifiers of={identifiers} context={context} />,
        },
      ]}
    />
  )
}

/** What it is known by elsewhere, as links where there is somewhere to go. */
function Identifiers({ of, context }: { of: readonly Identifier[]; context: PageContext }) {
  return (
    <ul>
      {of.map((identifier) => {
        const href = identifierHref(identifier)
        const { scheme, value } = identifier
        if (scheme === 'url')
          return (
            <li>
              <a href={value}>{context.t('publication.alsoAt', { site: hostOf(value) })}</a>
            </li>
          )
        return (
          <li>
            {context.t(`identifier.${scheme}`)}{' '}
            {href === null ? (
              <bdi dir="ltr">{value}</bdi>
            ) : (
              <a href={href}>
                <bdi dir="ltr">{value}</bdi>
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** The site of an address. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
