import type { Seminar, Session } from '#features/seminars/index.ts'
import { direction } from '#platform/i18n/index.ts'
import { formatClock } from '#platform/time.ts'
import { Breadcrumbs, inLanguage, Layout, Section, Text, to, type PageContext } from '#ui/index.ts'
import type { Moment } from '../moments/citing.ts'
import { keptIn } from '../moments/citing.ts'
import { spanQuery, withQuery } from './addresses.ts'
import { captionsIn, Media } from './media.tsx'
import { Quoted } from './quoted.tsx'
import { SpanForm } from './span-form.tsx'

export interface MomentPageProps {
  readonly context: PageContext
  readonly seminar: Seminar
  readonly session: Session
  /** Null: none was asked for, or what was asked for is none. */
  readonly moment: Moment | null
  /** What was typed. */
  readonly typed: { readonly from: string; readonly to: string }
  /** Says what is wrong with what was typed. */
  readonly problem: string | null
  /** Where it is kept at the desk, for those who may. */
  readonly keepHref: string | null
}

/** A span of a recording with all that is needed to cite it. */
export function MomentPage(props: MomentPageProps) {
  const { context, seminar, session, moment, typed, problem } = props
  const { t, lang } = context
  const path = `${session.href}/moment`
  const query = moment ? { ...spanQuery(moment.quote.span), ...keptIn(moment.quote) } : {}
  const alternates = context.hub.languages.map((other) => {
    const href = seminar.alternates[other] ?? inLanguage(seminar.href, other)
    return [other, withQuery(`${href}/sessions/${session.number}/moment`, query)]
  })
  const title = moment
    ? t('moment.title', {
        from: formatClock(moment.quote.span.from, lang),
        to: formatClock(moment.quote.span.to, lang),
      })
    : t('moment.choose')
  return (
    <Layout context={context} title={title} alternates={Object.fromEntries(alternates)} unlisted>
      <Breadcrumbs
        above={[
          { label: t('seminars.title'), href: to(context, 'seminars') },
          { label: seminar.title, href: seminar.href },
          { label: session.title, href: session.href },
        ]}
        context={context}
      />
      <h1>{title}</h1>
      <p>
        <Text of={session.title} lang={lang} />
      </p>
      {problem !== null && (
        <div class="notice warning" role="alert">
          <p>{problem}</p>
        </div>
      )}
      {moment && <Shown {...props} moment={moment} />}
      <Section title={t('moment.choose')}>
        <SpanForm
          action={path}
          from={moment ? moment.quote.span.from : typed.from}
          to={moment ? moment.quote.span.to : typed.to}
          kept={moment ? keptIn(moment.quote) : {}}
          context={context}
        />
      </Section>
    </Layout>
  )
}

function Shown({ context, session, moment, keepHref }: MomentPageProps & { readonly moment: Moment }) {
  const { t } = context
  const { quote, href } = moment
  const { media, recording, captions, span } = quote
  return (
    <>
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
        <a href={href}>{t('moment.inRecording')}</a>
      </p>
      <Citing moment={moment} keepHref={keepHref} context={context} />
    </>
  )
}

type CitingProps = Pick<MomentPageProps, 'context' | 'keepHref'> & { readonly moment: Moment }

function Citing({ context: { t, lang }, moment: { href, address, citation, embed, id }, keepHref }: CitingProps) {
  return (
    <Section title={t('moment.cite')}>
      <dl class="citations">
        <div>
          <dt>{t('moment.link')}</dt>
          <dd>
            <a href={href}>
              <bdi>{address}</bdi>
            </a>
          </dd>
        </div>
        {id !== null && (
          <div>
            <dt>{t('moment.id')}</dt>
            <dd>
              <code>{id}</code>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('moment.citation')}</dt>
          <dd dir={direction(lang)}>{citation}</dd>
        </div>
      </dl>
      {embed !== null && (
        <p>
          <label for="embed">{t('moment.embed')}</label>
          <textarea id="embed" class="code" rows={4} readonly dir="ltr" spellcheck={false}>
            {embed}
          </textarea>
        </p>
      )}
      {keepHref !== null && id === null && (
        <p>
          <a class="button" href={keepHref}>
            {t('moment.keep')}
          </a>
        </p>
      )}
    </Section>
  )
}
