import { isolate } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  DayRange,
  EmptyState,
  Layout,
  pageAddresses,
  Prose,
  StateNotice,
  Text,
  Timeline,
  Title,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { Seminar, Session } from '../domain.ts'
import { whereWords } from './seminar-cards.tsx'
import { AgendaTimes, Channels, HouseRule } from './seminar-parts.tsx'

export interface AgendaPageProps {
  readonly context: PageContext
  readonly seminar: Seminar
  /** Path of the same agenda as PDF. */
  readonly pdfHref: string
}

/** The agenda alone, made to be printed. */
export function AgendaPage({ context, seminar, pdfHref }: AgendaPageProps) {
  const { t, lang, hub } = context
  const { title, sessions } = seminar
  const alternates = Object.entries(seminar.alternates).map(([other, path]) => [other, `${path}/agenda`])
  return (
    <Layout
      context={context}
      title={t('agenda.title', { seminar: title.value })}
      {...pageAddresses(title, Object.fromEntries(alternates))}
    >
      <Breadcrumbs
        above={[
          { label: t('seminars.title'), href: to(context, 'seminars') },
          { label: title, href: seminar.href },
        ]}
        context={context}
      />
      <p class="kicker">
        <span>{t('agenda.of')}</span>
        <DayRange dates={seminar} lang={lang} style="full" />
        <span>{whereWords(seminar, context)}</span>
      </p>
      <Title of={title} lang={lang} />
      <StateNotice of={title} context={context} />
      <AgendaTimes seminar={seminar} context={context} />
      <p class="screen">
        <a href={pdfHref}>{t('agenda.pdf')}</a>
      </p>
      {sessions.length === 0 ? (
        <EmptyState action={{ label: t('agenda.back'), href: seminar.href }}>{t('seminar.noAgenda')}</EmptyState>
      ) : (
        <Timeline
          items={sessions}
          zone={seminar.timeZone}
          level={2}
          context={context}
          details={(session) => <AgendaDetails session={session} seminar={seminar} context={context} />}
        />
      )}
      <p class="paper">{t('agenda.printed', { address: isolate(hub.origin + context.path) })}</p>
    </Layout>
  )
}

function AgendaDetails({ session, seminar, context }: { session: Session; seminar: Seminar; context: PageContext }) {
  const { lang } = context
  return (
    <>
      <HouseRule of={session} context={context} />
      {session.channels.length > 0 && <Channels of={session.channels} context={context} />}
      {session.speakers.length > 0 && (
        <ul>
          {session.speakers.map((speaker) => (
            <li>
              <Text of={speaker.name} lang={lang} />
            </li>
          ))}
        </ul>
      )}
      {session.abstract && <Prose of={session.abstract} told={seminar.title} below={3} context={context} />}
    </>
  )
}
