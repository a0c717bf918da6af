import { languageName, type MessageKey } from '#platform/i18n/index.ts'
import { formatDay } from '#platform/time.ts'
import {
  Breadcrumbs,
  Button,
  EmptyState,
  Hidden,
  Layout,
  Notice,
  Section,
  to,
  WideTable,
  type PageContext,
} from '#ui/index.ts'
import { bounds } from '../questions/domain.ts'
import type { VainQuestion, Wanted } from '../questions/store.ts'
import { WantedList, type SentNote } from './wanted-list.tsx'

interface QuestionsPageProps {
  readonly context: PageContext
  readonly empty: readonly VainQuestion[]
  readonly unopened: readonly VainQuestion[]
  readonly wanted: readonly Wanted[]
  readonly actors: ReadonlyMap<string, string>
  readonly done: 'translation' | 'content' | 'away' | 'note' | 'end' | null
  /** A note that could not be kept as it was sent. */
  readonly sent: SentNote | null
}

/** What readers looked for in vain, each with the ways to do something about it. */
export function QuestionsPage({ context, empty, unopened, wanted, actors, done, sent }: QuestionsPageProps) {
  const { t } = context
  const { times, days, keptDays } = bounds
  return (
    <Layout context={context} area="desk" title={t('search.questions.title')}>
      <Breadcrumbs above={[{ label: t('desk.title'), href: to(context, 'desk') }]} context={context} />
      <h1>{t('search.questions.title')}</h1>
      {done && <Notice kind="good">{t(`search.questions.done.${done}`)}</Notice>}
      <p>{t('search.questions.intro', { times, days, kept: keptDays })}</p>
      {empty.length + unopened.length === 0 && <EmptyState>{t('search.questions.none')}</EmptyState>}
      <Questions title="search.questions.empty" questions={empty} context={context} />
      <Questions title="search.questions.unopened" questions={unopened} context={context} />
      <WantedList wanted={wanted} actors={actors} sent={sent} context={context} />
    </Layout>
  )
}

interface QuestionsProps {
  readonly title: MessageKey
  readonly questions: readonly VainQuestion[]
  readonly context: PageContext
}

function Questions({ title, questions, context }: QuestionsProps) {
  const { t } = context
  if (questions.length === 0) return null
  const head = ['words', 'asked', 'opened', 'last', 'deeds'] as const
  return (
    <Section title={t(title)}>
      <WideTable label={t(title)} head={head.map((name) => t(`search.questions.${name}`))}>
        {questions.map((question) => (
          <Line question={question} context={context} />
        ))}
      </WideTable>
    </Section>
  )
}

function Line({
  question: { words, lang, asked, opened, lastOn },
  context,
}: {
  question: VainQuestion
  context: PageContext
}) {
  const number = new Intl.NumberFormat(context.lang)
  return (
    <tr>
      <th scope="row">
        <a href={`/${lang}/search?${new URLSearchParams({ q: words })}`}>
          <bdi lang={lang}>{words}</bdi>
        </a>{' '}
        <small>{languageName(lang, context.lang)}</small>
      </th>
      <td>{number.format(asked)}</td>
      <td>{number.format(opened)}</td>
      <td>{formatDay(lastOn, context.lang, 'short')}</td>
      <td>
        <Deeds words={words} lang={lang} context={context} />
      </td>
    </tr>
  )
}

/** The ways out, one click away each. */
function Deeds({ words, lang, context }: { words: string; lang: string; context: PageContext }) {
  const { t } = context
  const said = (name: string) => t('search.questions.of', { deed: name, words })
  const synonym = t('search.questions.synonym')
  return (
    <form method="post" action={to(context, 'desk/search/questions')} class="steps">
      <Hidden name="lang" value={lang} />
      <Hidden name="words" value={words} />
      <a
        href={`${to(context, 'desk/search/synonyms')}?${new URLSearchParams({ add: words })}`}
        aria-label={said(synonym)}
      >
        {synonym}
      </a>
      {(['translation', 'content', 'away'] as const).map((deed) => (
        <Button kind="plain" name="do" value={deed} label={said(t(`search.questions.${deed}`))}>
          {t(`search.questions.${deed}`)}
        </Button>
      ))}
    </form>
  )
}
