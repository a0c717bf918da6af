import { servedAs, typeName } from '#platform/files/index.ts'
import { ownName } from '#platform/i18n/index.ts'
import { FactList, formatBytes, Icon, PartialDate, Text, type PageContext } from '#ui/index.ts'
import type { Edition, EditionFile, Identifier, Publication, ShownContributor } from '../domain.ts'
import { displayName, translationLag } from '../domain.ts'
import { identifierHref } from '../identifiers.ts'
import { hasText, textAddress, textQuery } from '../text/choose-file.ts'

interface PartProps {
  readonly publication: Publication
  readonly context: PageContext
  /** Files of the hub are named and not linked: they are not open to whoever reads a draft by its link. */
  readonly isPreview?: boolean
}

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
export function PublicationFacts({ publication, context }: PartProps) {
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

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)

/** Editions with their files: which language, when, how much later than the original, what each weighs. */
export function Editions({ publication, context, isPreview = false }: PartProps) {
  const { editions } = publication
  return (
    <ol class="editions">
      {editions.map((edition) => (
        <li>
          <EditionHead edition={edition} publication={publication} context={context} />
          <ul class="links">
            {edition.files.map((file) => (
              <File {...{ file, publication, context, isPreview }} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function EditionHead({ edition, publication, context }: PartProps & { readonly edition: Edition }) {
  const { t, lang } = context
  const lag = translationLag(edition, publication.editions)
  const { number, issued, pages, identifiers } = edition
  // One edition without a number and a date says nothing that is not said already.
  if (number === null && issued === null && lag === null && identifiers.length === 0 && edition.lang === null)
    return null
  return (
    <p class="edition">
      <strong>
        {number !== null ? (
          t('publication.edition', { number })
        ) : edition.lang === null ? (
          t('publication.editionPlain')
        ) : (
          <span lang={edition.lang}>{ownName(edition.lang)}</span>
        )}
      </strong>
      <small>
        {issued !== null && (
          <span>
            <PartialDate day={issued} lang={lang} />
          </span>
        )}
        {lag !== null && lag > 0 && <span>{t('publication.lag', { months: lag })}</span>}
        {pages !== null && <span>{t('publication.pages', { count: pages })}</span>}
        {identifiers.map((identifier) => (
          <span>
            {t(`identifier.${identifier.scheme}`)} <bdi dir="ltr">{identifier.value}</bdi>
          </span>
        ))}
      </small>
    </p>
  )
}

function File({ file, publication, context, isPreview = false }: PartProps & { readonly file: EditionFile }) {
  const { t, lang } = context
  const { document } = file
  const canRead = !isPreview && hasText(file)
  return (
    <li>
      <Icon name="file" />
      {isPreview && !file.isElsewhere ? (
        <FileName of={file} />
      ) : (
        <a href={file.href} hreflang={file.lang} {...fileMarks(file)}>
          <FileName of={file} />
        </a>
      )}
      <small>
        {file.isElsewhere && <span>{t('publication.elsewhere', { site: hostOf(file.href) })}</span>}
        {file.pages !== null && <span>{t('publication.pages', { count: file.pages })}</span>}
        {file.bytes !== null && <span>{formatBytes(file.bytes, lang)}</span>}
        {file.licence !== null && <span>{file.licence}</span>}
        {file.synthetic && <span>{t('text.synthetic')}</span>}
        {document?.isScanned && <span>{t('publication.scanned')}</span>}
        {document?.lang && !isSameLanguage(document.lang, file.lang) && (
          <span>{t('publication.otherLanguage', { language: ownName(document.lang) })}</span>
        )}
      </small>
      {file.sha256 !== null && !isPreview && (
        <details class="quiet checksum">
          <summary>{t('publication.checksum')}</summary>
          <code dir="ltr">{file.sha256}</code>
        </details>
      )}
      {canRead && (
        <p class="reading">
          <a href={readHref(publication, file)}>{t('publication.read')}</a>
          {document && document.textBytes !== null && (
            <span class="quiet">{formatBytes(document.textBytes, lang)}</span>
          )}
        </p>
      )}
    </li>
  )
}

function readHref(publication: Publication, file: EditionFile): string {
  const { path, asked } = textAddress(publication, file)
  return publication.href + path + textQuery(asked)
}

function FileName({ of: { lang, type } }: { readonly of: EditionFile }) {
  return (
    <>
      <span lang={lang}>{ownName(lang)}</span>
      {type !== null && ` (${typeName(type) ?? type})`}
    </>
  )
}

/** Whether two tags name one language, whatever its region: reading tells no regions apart. */
const isSameLanguage = (one: string, other: string) => one.split('-', 1)[0] === other.split('-', 1)[0]

/** The type of a file the hub keeps; and when browsers do not show it, that it is for saving. */
function fileMarks({ isElsewhere, type, name }: EditionFile): { type?: string; download?: string } {
  if (isElsewhere || type === null) return {}
  const { contentType, inline } = servedAs(type)
  return inline || name === null ? { type: contentType } : { type: contentType, download: name }
}
