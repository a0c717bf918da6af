import { servedAs, typeName } from '#platform/files/index.ts'
import { languageName, ownName } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  formatBytes,
  Icon,
  languageMarks,
  Layout,
  Notice,
  PartialDate,
  Text,
  Title,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { EditionFile, Publication } from '../domain.ts'
import { Blocks } from '../text/blocks.tsx'
import { editionToTell, hasText, textAddress, textQuery, type AskedText } from '../text/choose-file.ts'
import { failureReasons, type OpenedPage } from '../text/open-text.ts'

export interface ReadPageProps {
  readonly context: PageContext
  readonly publication: Publication
  readonly file: EditionFile
  /** Null: there is no text to show, and the file's state says why. */
  readonly page: OpenedPage | null
}

/** A page of a publication's text, small and plain; or why there is none. */
export function ReadPage({ context, publication, file, page }: ReadPageProps) {
  const { t, lang } = context
  const { title } = publication
  const number = page?.number ?? 1
  const canonicalLang = publication.alternates[file.lang]
  const { path, asked } = textAddress(publication, file)
  const canonical = `${canonicalLang ?? publication.href}${path}${textQuery(asked, page?.number, page?.part)}`
  return (
    <Layout
      context={context}
      title={t('read.title', { title: title.value, page: number })}
      alternates={{}}
      canonical={canonical}
      unlisted={page === null}
    >
      <Breadcrumbs
        above={[
          { label: t('library.title'), href: to(context, 'library') },
          { label: title, href: publication.href },
        ]}
        context={context}
      />
      <header>
        <p class="kicker">
          <span>{t('read.kicker')}</span>
          <span lang={file.lang}>{ownName(file.lang)}</span>
          <EditionOf publication={publication} file={file} context={context} />
          {file.synthetic && <span>{t('text.synthetic')}</span>}
        </p>
        <Title of={title} lang={lang} />
        <Sizes file={file} context={context} />
        <OtherLanguage file={file} context={context} />
      </header>
      {page ? (
        <TextOfPage context={context} publication={publication} file={file} page={page} />
      ) : (
        <Missing file={file} context={context} />
      )}
      <OtherTexts context={context} publication={publication} file={file} />
    </Layout>
  )
}

interface FileProps {
  readonly file: EditionFile
  readonly context: PageContext
}

/** Which edition this is the text of, where there are several. */
function EditionOf({ publication, file, context }: FileProps & { readonly publication: Publication }) {
  const edition = editionToTell(publication, file)
  if (!edition) return null
  const { number, issued } = edition
  return (
    <>
      {number !== null && <span>{context.t('publication.edition', { number })}</span>}
      {issued !== null && (
        <span>
          <PartialDate day={issued} lang={context.lang} />
        </span>
      )}
    </>
  )
}

/** What the text weighs and what the file weighs, with the way to the file. */
function Sizes({ file, context }: FileProps) {
  const { t, lang } = context
  const { document, bytes, type } = file
  const [text, whole] = [document?.textBytes ?? null, bytes].map((size) => size !== null && formatBytes(size, lang))
  const marks = type === null ? {} : servedAs(type).inline ? { type } : { type, download: file.name ?? true }
  return (
    <p class="row-links">
      <a href={file.href} hreflang={file.lang} {...marks}>
        <Icon name="file" /> {t('read.file')}
        {type !== null && ` (${typeName(type) ?? type})`}
      </a>
      {text && whole && <small>{t('read.sizes', { text, file: whole })}</small>}
      {!text && whole && <small>{whole}</small>}
    </p>
  )
}

const baseOf = (tag: string) => tag.split('-', 1)[0]

/** The language of the text: what it was told to be, unless its words say otherwise. */
function textLanguage({ lang, document }: EditionFile): string {
  const found = document?.lang ?? null
  return found === null || baseOf(found) === baseOf(lang) ? lang : found
}

function OtherLanguage({ file, context }: FileProps) {
  const found = textLanguage(file)
  if (found === file.lang) return null
  const language = languageName(found, context.lang)
  return <Notice kind="warning">{context.t('publication.otherLanguage', { language })}</Notice>
}

/** Why there is no text to read. */
function Missing({ file, context }: FileProps) {
  const { t } = context
  const { document } = file
  const action = { label: t('read.file'), href: file.href }
  if (document?.state === 'failed') {
    const reason = failureReasons.find((one) => one === document.reason) ?? 'broken'
    return <EmptyState action={action}>{t(`read.failed.${reason}`)}</EmptyState>
  }
  if (document?.state === 'read') {
    return <EmptyState action={action}>{t(document.isScanned ? 'read.scanned' : 'read.noText')}</EmptyState>
  }
  const { pages, pagesRead } = document ?? { pages: null, pagesRead: 0 }
  return (
    <>
      <EmptyState action={action}>{t('read.waiting')}</EmptyState>
      {pages !== null && pagesRead > 0 && <p>{t('read.progress', { done: pagesRead, total: pages })}</p>}
    </>
  )
}

function TextOfPage({ context, publication, file, page }: ReadPageProps & { readonly page: OpenedPage }) {
  const { t, lang } = context
  const { number, label, part, parts, blocks } = page
  const { path, asked } = textAddress(publication, file)
  const turning = { page, path: publication.href + path, asked, context }
  return (
    <>
      <Turning {...turning} />
      {label !== null && <p class="quiet">{t('read.label', { label })}</p>}
      {parts > 1 && <p class="quiet">{t('read.part', { part, parts })}</p>}
      <section
        id={`page-${number}`}
        aria-label={t('publication.page', { number })}
        class="prose"
        {...languageMarks({ lang: textLanguage(file), value: '', state: 'current' }, lang)}
      >
        <Blocks of={blocks} />
      </section>
      {blocks.length === 0 && <EmptyState>{t('read.emptyPage')}</EmptyState>}
      {page.isCut && <Notice>{t('read.cut')}</Notice>}
      <Turning {...turning} isEnd />
      <p class="quiet">{t('read.made')}</p>
    </>
  )
}

interface TurningProps {
  readonly page: OpenedPage
  readonly path: string
  readonly asked: AskedText
  readonly context: PageContext
  /** Below the text, with the way to any page. */
  readonly isEnd?: boolean
}

function Turning({ page, path, asked, context, isEnd = false }: TurningProps) {
  const { t } = context
  const { number, pages, part, parts } = page
  if (pages <= 1 && parts <= 1) return null
  // What comes before a part of a page is the part before it; of the page before, its beginning.
  const hrefOf = (toPage: number, toPart = 1) => path + textQuery(asked, toPage, toPart)
  const before = part > 1 ? hrefOf(number, part - 1) : number > 1 ? hrefOf(number - 1) : null
  const after = part < parts ? hrefOf(number, part + 1) : number < pages ? hrefOf(number + 1) : null
  return (
    <nav class="pages" aria-label={isEnd ? t('read.turn') : t('read.pages')}>
      {before !== null && (
        <a href={before} rel="prev">
          <Icon name="previous" /> {t('list.previous')}
        </a>
      )}
      <span>{t('list.pageOf', { page: number, pages })}</span>
      {after !== null && (
        <a href={after} rel="next">
          {t('list.next')} <Icon name="next" />
        </a>
      )}
      {isEnd && pages > 1 && <GoTo page={page} path={path} asked={asked} context={context} />}
    </nav>
  )
}

function GoTo({ page: { number: page, pages }, path, asked, context }: TurningProps) {
  const { t } = context
  return (
    <form method="get" action={path} class="screen">
      {Object.entries(asked).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <label for="page">{t('read.goTo')}</label>{' '}
      <input id="page" name="page" type="number" min="1" max={pages} value={page} required />{' '}
      <button type="submit">{t('read.go')}</button>
    </form>
  )
}

/** The same publication as text in its other languages. */
function OtherTexts({ publication, file, context }: Omit<ReadPageProps, 'page'>) {
  const { t } = context
  const files = publication.editions.flatMap((edition) => edition.files)
  const langs = new Set(files.filter(hasText).map(({ lang }) => lang))
  langs.delete(file.lang)
  if (langs.size === 0) return null
  return (
    <nav class="screen" aria-label={t('read.others')}>
      <ul>
        {[...langs].map((lang) => (
          <li>
            <a
              href={`${publication.href}/read/${lang}`}
              {...languageMarks({ lang, value: '', state: 'current' }, context.lang)}
            >
              <Text of={{ lang, value: ownName(lang), state: 'current' }} lang={lang} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
