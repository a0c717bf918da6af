import type { Seminar, Session } from '#features/seminars/index.ts'
import { direction } from '#platform/i18n/index.ts'
import { formatClock } from '#platform/time.ts'
import { languageMarks, type PageContext } from '#ui/index.ts'
import type { Quote } from '../moments/reading.ts'
import { captionsIn, Media } from './media.tsx'
import { Quoted } from './quoted.tsx'

interface EmbedPageProps {
  readonly context: PageContext
  readonly seminar: Seminar
  readonly session: Session
  readonly quote: Quote
  /** Address of the session's page at this span. */
  readonly href: string
}

/** A span of a public recording for the pages of others: it plays, can be read, and leads back; nothing else. */
export function EmbedPage({ context, seminar, session, quote, href }: EmbedPageProps) {
  const { t, lang, hub, assets } = context
  const { media, captions, recording, span } = quote
  const source = { href: hub.origin + href, target: '_blank', rel: 'noopener' }
  return (
    <html lang={lang} dir={direction(lang)}>
      <head>
        <meta charset="utf-8" />
        <title>{`${session.title.value} — ${hub.name.value}`}</title>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="canonical" href={hub.origin + session.href} />
        <link rel="stylesheet" href={assets.css} />
      </head>
      <body class="embedded">
        <main>
          <h1 {...languageMarks(session.title, lang)}>
            <a {...source}>{session.title.value}</a>
          </h1>
          {recording.synthetic && <p class="quiet">{t('text.synthetic')}</p>}
          {media && (
            <Media
              media={media}
              captions={captionsIn(recording.tracks)}
              shown={captions?.id}
              from={span.from}
              to={span.to}
              path={session.href}
              which={quote.which}
              context={context}
            />
          )}
          <Quoted of={quote} context={context} />
          <p>
            <small>
              <a {...source}>
                {t('moment.source', {
                  seminar: seminar.title.value,
                  hub: hub.name.value,
                  from: formatClock(span.from, lang),
                  to: formatClock(span.to, lang),
                })}
              </a>
            </small>
          </p>
        </main>
      </body>
    </html>
  )
}
