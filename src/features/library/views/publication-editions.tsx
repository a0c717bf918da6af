import { servedAs, typeName } from '#platform/files/index.ts'
import { ownName } from '#platform/i18n/index.ts'
import { formatBytes, Icon, PartialDate, type PageContext } from '#ui/index.ts'
import { translationLag, type Edition, type EditionFile, type Publication } from '../domain.ts'
import { findNewerEdition } from '../newer-edition.ts'
import { hasText, textAddress, textQuery } from '../text/choose-file.ts'
import { hostOf } from './publication-parts.tsx'

interface PartProps {
  readonly publication: Publication
  readonly context: PageContext
  /** Files of the hub are named and not linked: they are not open to whoever reads a draft by its link. */
  readonly isPreview?: boolean
}

/** Editions with their files: which language, when, how much later than the original, what each weighs. */
export function Editions({ publication, context, isPreview = false }: PartProps) {
  const { editions } = publication
  return (
    <ol class="editions">
      {editions.map((edition) => (
        <li id={anchorOf(edition, publication)}>
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

/** Where an edition stands on the page. */
const anchorOf = (edition: Edition, { editions }: Publication) => `edition-${editions.indexOf(edition) + 1}`

function EditionHead({ edition, publication, context }: PartProps & { readonly edition: Edition }) {
  const { t, lang } = context
  const lag = translationLag(edition, publication.editions)
  const newer = findNewerEdition(edition, publication.editions)
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
        {newer && (
          <span>
            <a class="badge behind" href={`#${anchorOf(newer, publication)}`}>
              {t('publication.newer')}
            </a>
          </span>
        )}
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
