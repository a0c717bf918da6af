import { isolate } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  Form,
  Hidden,
  labelsBy,
  Layout,
  Notice,
  TextArea,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { ListChange } from '../store-lists.ts'
import { most, type SynonymProblem } from '../synonyms/domain.ts'
import { ListChanges } from './list-changes.tsx'

interface SynonymsPageProps {
  readonly form: FormState
  readonly problems: readonly SynonymProblem[]
  /** What somebody else saved since the form was drawn. */
  readonly theirs: string | null
  readonly isSaved: boolean
  readonly changes: readonly ListChange[]
  readonly actors: ReadonlyMap<string, string>
}

/** The hub's own list of words that mean the same, as one form. */
export function SynonymsPage({ form, problems, theirs, isSaved, changes, actors }: SynonymsPageProps) {
  const { context } = form
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('search.synonyms.title')}>
      <Breadcrumbs above={[{ label: t('desk.title'), href: to(context, 'desk') }]} context={context} />
      <h1>{t('search.synonyms.title')}</h1>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      {theirs !== null && (
        <Notice kind="warning" title={t('desk.conflict')}>
          <p>{t('search.desk.conflict')}</p>
          <pre dir="auto">{theirs}</pre>
        </Notice>
      )}
      <p>{t('search.synonyms.intro')}</p>
      {problems.length > 0 && (
        <Notice kind="warning">
          <ul>
            {problems.slice(0, 50).map((problem) => (
              <li>{sayProblem(problem, context)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Form
        form={form}
        action={to(context, 'desk/search/synonyms')}
        keep="search synonyms"
        labels={labelsBy(t, { lines: 'search.synonyms.lines' })}
        {...(isSaved && { saved: true })}
      >
        <Hidden name="version" value={form.values['version']?.[0] ?? ''} />
        <TextArea
          form={form}
          name="lines"
          rows={16}
          label={t('search.synonyms.lines')}
          help={t('search.synonyms.help', { words: most.words, lines: most.lines })}
        />
        <Buttons>
          <Button>{t('form.save')}</Button>
        </Buttons>
      </Form>
      <ListChanges changes={changes} actors={actors} context={context} />
    </Layout>
  )
}

function sayProblem(problem: SynonymProblem, { t }: PageContext): string {
  if (problem.kind === 'lines') return t('search.synonyms.problem.lines', { most: most.lines })
  const { line } = problem
  const word = isolate(problem.word)
  switch (problem.kind) {
    case 'twice':
      return t('search.synonyms.problem.twice', { line, word, other: problem.other })
    case 'crowded':
      return t('search.synonyms.problem.crowded', { line, most: most.words })
    case 'long':
      return t('search.synonyms.problem.long', { line, word, most: most.letters })
    case 'alone':
      return t('search.synonyms.problem.alone', { line, word })
    case 'language':
      return t('search.synonyms.problem.language', { line, word })
    case 'empty':
      return t('search.synonyms.problem.empty', { line })
  }
}
