import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { direction, ownName, type MessageKey } from '#platform/i18n/index.ts'
import { jsonForHtml } from '#platform/text/index.ts'
import { inLanguage, to, type PageContext } from './context.ts'
import { FundingStatement } from './funding.tsx'
import { FrameSearch } from './search-box.tsx'
import { Text } from './text.tsx'
import type { Funding } from './values.ts'

export interface Feed {
  readonly href: string
  readonly type: 'application/atom+xml' | 'application/rss+xml' | 'text/calendar'
  readonly title: string
}

interface LayoutProps {
  readonly context: PageContext
  /** Names the page; the hub's name follows it. Left out on the home page. */
  readonly title?: string
  readonly description?: string
  /** Languages in which this page has real content → their paths. Left out: every language of the hub, by the same path. */
  readonly alternates?: Readonly<Record<string, string>>
  /** Path of the page in the true language of its text. Left out: this path. */
  readonly canonical?: string
  readonly feeds?: readonly Feed[]
  readonly jsonLd?: unknown
  /** Further names and contents for the head: what reference managers read. */
  readonly meta?: readonly (readonly [name: string, content: string])[]
  /** A page no search engine should keep (errors). */
  readonly unlisted?: boolean
  /** Funding statements the page itself shows; the footer does not repeat them. */
  readonly shownFunding?: readonly Funding[]
  /** Seconds after which the page is asked for again where there is no script: something is going on. */
  readonly refresh?: number
  /** `desk`: a page for people who work here, with the style sheet and script of forms. */
  readonly area?: 'public' | 'desk'
  /** The page has the box of the search itself; the frame does not repeat it. */
  readonly hasSearch?: boolean
  readonly children: ComponentChildren
}

/** A whole page as HTML. */
export function renderPage(page: VNode): string {
  return `<!DOCTYPE html>${renderToString(page)}`
}

/** The frame of every page: head, skip link, header, main, footer. */
export function Layout(props: LayoutProps) {
  const { context, children } = props
  return (
    <html lang={context.lang} dir={direction(context.lang)}>
      <Head {...props} />
      <body>
        <a class="skip" href="#main">
          {context.t('layout.skip')}
        </a>
        <Header {...props} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Footer {...props} />
      </body>
    </html>
  )
}

// A footbridge. In the page itself, so that a browser need not ask for it.
const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='none' stroke='%23288a8f' stroke-width='3'>" +
  "<path d='M1 25h30M3 25q13-18 26 0M10 25v-6M16 25v-8M22 25v-6'/></svg>"

function Head(props: LayoutProps) {
  const { context, title, description, feeds = [], jsonLd, meta = [], unlisted, area, refresh } = props
  const { hub, assets } = context
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title ? `${title} — ${hub.name.value}` : hub.name.value}</title>
      <meta name="viewport" content="width=device-width" />
      <meta name="color-scheme" content="light dark" />
      {refresh !== undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(refresh)} />
        </noscript>
      )}
      {description && <meta name="description" content={description} />}
      {meta.map(([name, content]) => (
        <meta name={name} content={content} />
      ))}
      <link rel="icon" href={icon} />
      <link rel="stylesheet" href={assets.css} />
      {area === 'desk' && <link rel="stylesheet" href={assets.deskCss} />}
      {assets.js && <script type="module" src={assets.js} />}
      {area === 'desk' && assets.deskJs && <script type="module" src={assets.deskJs} />}
      {unlisted || area === 'desk' ? <meta name="robots" content="noindex" /> : <Addresses {...props} />}
      <link
        rel="search"
        type="application/opensearchdescription+xml"
        href={to(context, 'opensearch.xml')}
        title={hub.name.value}
      />
      {feeds.map((feed) => (
        <link rel="alternate" type={feed.type} href={feed.href} title={feed.title} />
      ))}
      {jsonLd !== undefined && <script type="application/ld+json" dangerouslySetInnerHTML={jsonForHtml(jsonLd)} />}
    </head>
  )
}

function Addresses({ context, alternates, canonical }: LayoutProps) {
  const { hub, path } = context
  const pages = alternates ?? Object.fromEntries(hub.languages.map((lang) => [lang, inLanguage(path, lang)]))
  const langs = Object.keys(pages)
  return (
    <>
      <link rel="canonical" href={hub.origin + (canonical ?? path)} />
      {langs.length > 1 &&
        langs.map((lang) => <link rel="alternate" hreflang={lang} href={`${hub.origin}${pages[lang]}`} />)}
    </>
  )
}

const sections: readonly { path: string; label: MessageKey }[] = [
  { path: '', label: 'nav.home' },
  { path: 'seminars', label: 'nav.seminars' },
  { path: 'library', label: 'nav.library' },
  { path: 'programmes', label: 'nav.programmes' },
  { path: 'themes', label: 'nav.themes' },
  { path: 'about', label: 'nav.about' },
]

function Header({ context, alternates, area, hasSearch }: LayoutProps) {
  const { hub, t, lang, path } = context
  return (
    <header class="top">
      <a class="brand" href={to(context, '')}>
        <Text of={hub.name} lang={lang} />
      </a>
      <nav class="languages" aria-label={t('layout.languages')}>
        <ul>
          {hub.languages.map((other) => (
            <li>
              <LanguageLink lang={other} current={lang} href={alternates?.[other] ?? inLanguage(path, other)} />
            </li>
          ))}
        </ul>
      </nav>
      {!hasSearch && area !== 'desk' && <FrameSearch context={context} />}
      <nav class="sections" aria-label={t('layout.sections')}>
        <ul>
          {sections.map((section) => {
            const href = to(context, section.path)
            return (
              <li>
                <a href={href} aria-current={currentMark(href, path, section.path === '')}>
                  {t(section.label)}
                </a>
              </li>
            )
          })}
        </ul>
      </nav>
      {context.visit && <VisitSections context={context} area={area ?? 'public'} />}
    </header>
  )
}

/** Where somebody who has signed in can go: their account, and what their roles open. */
function VisitSections({ context, area }: { context: PageContext; area: 'public' | 'desk' }) {
  const { t, path, visit } = context
  if (!visit) return null
  const links: { path: string; label: string }[] = [
    ...(visit.canUseDesk ? [{ path: 'desk', label: t('nav.desk') }] : []),
    ...(visit.canUseDesk ? [{ path: 'desk/translation', label: t('nav.translation') }] : []),
    ...(visit.canEditVocabularies ? [{ path: 'admin/vocabularies', label: t('admin.vocabularies.title') }] : []),
    ...(visit.canAdminister ? [{ path: 'admin', label: t('nav.admin') }] : []),
    { path: 'account', label: t('nav.account', { name: visit.name }) },
  ]
  return (
    <nav class={area === 'desk' ? 'sections desk-sections' : 'sections'} aria-label={t('layout.desk')}>
      <ul>
        {links.map((link) => {
          const href = to(context, link.path)
          return (
            <li>
              <a href={href} aria-current={currentMark(href, path, link.path === 'desk')}>
                {link.label}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function currentMark(href: string, path: string, exact: boolean): 'page' | 'true' | undefined {
  if (href === path) return 'page'
  return !exact && path.startsWith(`${href}/`) ? 'true' : undefined
}

function LanguageLink({ lang, current, href }: { lang: string; current: string; href: string }) {
  if (lang === current) {
    return (
      <a href={href} aria-current="true">
        {ownName(lang)}
      </a>
    )
  }
  return (
    <a href={href} hreflang={lang} lang={lang} dir={direction(lang)}>
      {ownName(lang)}
    </a>
  )
}

function Footer({ context, shownFunding = [] }: LayoutProps) {
  const { hub, t } = context
  const shown = new Set(shownFunding.map((funding) => funding.id))
  const funding = hub.funding.filter((statement) => !shown.has(statement.id))
  return (
    <footer class="foot">
      {funding.map((statement) => (
        <FundingStatement of={statement} context={context} />
      ))}
      <nav aria-label={t('layout.footer')}>
        <ul>
          <li>
            <a href={to(context, 'about')}>{t('nav.about')}</a>
          </li>
          <li>
            <a href={to(context, 'accessibility')}>{t('nav.accessibility')}</a>
          </li>
          <li>
            <a href={to(context, 'privacy')}>{t('nav.privacy')}</a>
          </li>
          {!context.visit && (
            <li>
              <a href={to(context, 'sign-in')} rel="nofollow">
                {t('nav.signIn')}
              </a>
            </li>
          )}
        </ul>
      </nav>
    </footer>
  )
}
