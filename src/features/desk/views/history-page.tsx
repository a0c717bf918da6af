import { actorName } from '#features/accounts/index.ts'
import type { HistoryLine } from '#features/records/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Button, EmptyState, Form, freshForm, Hidden, Notice, Pagination, type PageContext } from '#ui/index.ts'
import { nameOfLine, valueOfLine } from '../conflicts.ts'
import { factOf, labelOf, TextDifference, ValueWords, type Names } from './value.tsx'
import { RecordFrame, recordPath, type Framed } from './record-frame.tsx'

interface HistoryPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly lines: readonly HistoryLine[]
  readonly page: number
  readonly pages: number
  readonly version: number
  readonly names: Names
  readonly actors: ReadonlyMap<string, string>
  readonly zone: string
  /** What went wrong with putting a value back. */
  readonly problem: string | null
  readonly isSaved: boolean
}

/** What happened to a record, newest first: who, when, and what changed, word by word. */
export function HistoryPage(props: HistoryPageProps) {
  const { context, framed, lines, page, pages, problem, isSaved } = props
  const { t } = context
  const path = recordPath(context, framed.id, 'history')
  return (
    <RecordFrame context={context} framed={framed} screen="history" title={t('desk.history')}>
      {isSaved && <Notice kind="good">{t('desk.reverted')}</Notice>}
      {problem !== null && <Notice kind="warning">{problem}</Notice>}
      {lines.length === 0 ? (
        <EmptyState>{t('desk.history.empty')}</EmptyState>
      ) : (
        <ol class="history" reversed>
          {lines.map((line) => (
            <li id={`line-${line.id}`}>
              <HistoryEntry line={line} {...props} />
            </li>
          ))}
        </ol>
      )}
      <Pagination page={page} pages={pages} href={(number) => `${path}?page=${number}`} context={context} />
    </RecordFrame>
  )
}

function HistoryEntry({
  line,
  context,
  framed,
  names,
  actors,
  zone,
  version,
}: HistoryPageProps & { line: HistoryLine }) {
  const { t, lang } = context
  const name = nameOfLine(line, line.lang ?? '')
  const label = name === null ? null : labelOf(framed.kind, name, context)
  return (
    <>
      <p class="when">
        <strong>{label === null ? t(`desk.verb.${line.verb}`) : label}</strong>
        {line.lang !== null && <span class="quiet"> {languageName(line.lang, lang)}</span>}
        <small>
          {' '}
          <time datetime={line.at}>{formatInstant(line.at, lang, context.hub.timeZone)}</time>
          <bdi>{actorName(line.actor, actors, t)}</bdi>
        </small>
      </p>
      {name !== null && <Difference line={line} name={name} kind={framed.kind} {...{ names, zone, context }} />}
      {name !== null && label !== null && canPutBack(framed, name) && (
        <Form form={freshForm(context, {})} action={recordPath(context, framed.id, 'history/revert')} class="inline">
          <Hidden name="line" value={String(line.id)} />
          <Hidden name="version" value={String(version)} />
          <Button
            kind="plain"
            label={t('desk.revert.label', { field: label, when: formatInstant(line.at, lang, context.hub.timeZone) })}
          >
            {t('desk.revert')}
          </Button>
        </Form>
      )}
    </>
  )
}

/** What the form of a record holds can be put back; of an address there is always one. */
function canPutBack({ kind }: Framed, name: string): boolean {
  return (
    name.startsWith('text.') ||
    name === 'visibility' ||
    (factOf(kind, name) !== undefined && factOf(kind, name)?.fixed !== true)
  )
}

interface DifferenceProps {
  readonly line: HistoryLine
  readonly name: string
  readonly kind: Framed['kind']
  readonly names: Names
  readonly zone: string
  readonly context: PageContext
}

function Difference({ line, name, kind, names, zone, context }: DifferenceProps) {
  const { t } = context
  const isFact = factOf(kind, name) !== undefined
  if (!isFact && line.before !== null && line.after !== null) {
    return <TextDifference before={line.before} after={line.after} lang={line.lang} />
  }
  const side = (text: string | null) => (
    <ValueWords name={name} value={valueOfLine(name, text)} lang={line.lang} {...{ kind, names, zone, context }} />
  )
  if (line.before === null) return <div class="added">{side(line.after)}</div>
  return (
    <div class="two">
      <div>
        <p class="quiet">{t('desk.before')}</p>
        {side(line.before)}
      </div>
      <div>
        <p class="quiet">{t('desk.after')}</p>
        {side(line.after)}
      </div>
    </div>
  )
}
