import type { KindName, RecordStatus, TextValue } from '#features/records/index.ts'
import { formatInstant } from '#platform/time.ts'
import { languageName } from '#platform/i18n/index.ts'
import { Breadcrumbs, Button, EmptyState, Layout, Pagination, Section, Text, to, type PageContext } from '#ui/index.ts'
import type { DeskTool } from '../deps.ts'
import { statuses, type DeskKind } from '../kind.ts'
import { recordPath } from './record-frame.tsx'

/** A record in a list of the desk. */
export interface RecordLine {
  readonly id: string
  readonly kind: DeskKind
  readonly name: TextValue
  readonly status: RecordStatus
  readonly at: string
  /** Who changed it last, where that is told. */
  readonly by: string | null
}

function RecordLines({ lines, context }: { lines: readonly RecordLine[]; context: PageContext }) {
  const { t, lang, hub } = context
  return (
    <ul class="rows">
      {lines.map(({ id, kind, name, status, at, by }) => (
        <li>
          <p>
            <a href={recordPath(context, id)}>
              <Text of={name} lang={lang} />
            </a>{' '}
            {status !== 'published' && <span class={`badge ${status}`}>{t(`desk.status.${status}`)}</span>}
          </p>
          <small>
            <span>{t(kind.label)}</span> <time datetime={at}>{formatInstant(at, lang, hub.timeZone)}</time>
            {by !== null && (
              <>
                <bdi>{by}</bdi>
              </>
            )}
          </small>
        </li>
      ))}
    </ul>
  )
}

export interface Lagging {
  readonly lang: string
  readonly behind: number
  readonly missing: number
}

interface DeskHomeProps {
  readonly context: PageContext
  readonly own: readonly RecordLine[]
  /** Drafts of others, for those who publish; null: not for them. */
  readonly waiting: readonly RecordLine[] | null
  readonly recent: readonly RecordLine[]
  readonly lagging: readonly Lagging[]
  readonly creatable: readonly DeskKind[]
  readonly listable: readonly DeskKind[]
  readonly tools: readonly DeskTool[]
}

/** The desk: what waits, drafts, what changed lately, and where to begin something. */
export function DeskHome(props: DeskHomeProps) {
  const { context, own, recent } = props
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('desk.title')}>
      <h1>{t('desk.title')}</h1>
      <div class="desk-home">
        <div>
          <Waiting {...props} />
          <h2>{t('desk.ownDrafts')}</h2>
          {own.length === 0 ? (
            <EmptyState>{t('desk.ownDrafts.none')}</EmptyState>
          ) : (
            <RecordLines lines={own} context={context} />
          )}
          <Section title={t('desk.recent')}>
            {recent.length > 0 && <RecordLines lines={recent} context={context} />}
          </Section>
        </div>
        <Beginnings {...props} />
      </div>
    </Layout>
  )
}

function Waiting({ context, waiting, lagging }: DeskHomeProps) {
  const { t, lang } = context
  const late = lagging.filter(({ behind, missing }) => behind + missing > 0)
  return (
    <>
      <h2>{t('desk.waiting')}</h2>
      {(waiting ?? []).length === 0 && late.length === 0 && <EmptyState>{t('desk.waiting.none')}</EmptyState>}
      {waiting !== null && waiting.length > 0 && (
        <>
          <h3>{t('desk.toReview')}</h3>
          <RecordLines lines={waiting} context={context} />
          <p>
            <a href={`${to(context, 'desk/records')}?status=draft`}>{t('desk.allDrafts')}</a>
          </p>
        </>
      )}
      {late.length > 0 && (
        <>
          <h3>{t('desk.toTranslate')}</h3>
          <ul>
            {late.map((one) => (
              <li>
                <a href={`${to(context, 'desk/translation')}?lang=${encodeURIComponent(one.lang)}`}>
                  {languageName(one.lang, lang)}
                </a>
                : {t('desk.lagging', { behind: one.behind, missing: one.missing })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Beginnings({ context, creatable, listable, tools }: DeskHomeProps) {
  const { t } = context
  return (
    <aside aria-label={t('desk.begin')}>
      <h2>{t('desk.begin')}</h2>
      {creatable.length === 0 ? (
        <p class="quiet">{t('desk.begin.none')}</p>
      ) : (
        <ul class="begin">
          {creatable.map((kind) => (
            <li>
              <a href={to(context, `desk/records/new/${kind.kind}`)}>{t('desk.new', { kind: t(kind.label) })}</a>
            </li>
          ))}
        </ul>
      )}
      {tools.length > 0 && (
        <ul class="begin">
          {tools.map(({ path, label }) => (
            <li>
              <a href={to(context, `desk/${path}`)}>{t(label)}</a>
            </li>
          ))}
        </ul>
      )}
      <h2>{t('desk.records')}</h2>
      <ul class="begin">
        {listable.map((kind) => (
          <li>
            <a href={`${to(context, 'desk/records')}?kind=${kind.kind}`}>{t(kind.plural)}</a>
          </li>
        ))}
      </ul>
    </aside>
  )
}

interface DeskListProps {
  readonly context: PageContext
  readonly lines: readonly RecordLine[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly kinds: readonly DeskKind[]
  readonly asked: { readonly kind: KindName | null; readonly status: RecordStatus | null; readonly words: string }
  readonly href: (page: number) => string
  /** May make a record of the kind that is listed. */
  readonly creatable: DeskKind | null
}

/** Every record somebody may see at the desk, narrowed by kind, state and words. */
export function DeskList({ context, lines, total, page, pages, kinds, asked, href, creatable }: DeskListProps) {
  const { t } = context
  const listed = kinds.find((kind) => kind.kind === asked.kind)
  const title = listed ? t(listed.plural) : t('desk.records')
  return (
    <Layout context={context} area="desk" title={title}>
      <Breadcrumbs above={[{ label: t('desk.title'), href: to(context, 'desk') }]} context={context} />
      <h1>{title}</h1>
      <form method="get" class="filter" action={to(context, 'desk/records')}>
        <p>
          <label for="q">{t('desk.list.words')}</label>
          <input type="search" id="q" name="q" value={asked.words} maxLength={100} />
        </p>
        <p>
          <label for="kind">{t('desk.list.kind')}</label>
          <select id="kind" name="kind">
            <option value="">{t('desk.list.all')}</option>
            {kinds.map((kind) => (
              <option value={kind.kind} selected={kind.kind === asked.kind}>
                {t(kind.plural)}
              </option>
            ))}
          </select>
        </p>
        <p>
          <label for="status">{t('desk.list.status')}</label>
          <select id="status" name="status">
            <option value="">{t('desk.list.all')}</option>
            {statuses.map((status) => (
              <option value={status} selected={status === asked.status}>
                {t(`desk.status.${status}`)}
              </option>
            ))}
          </select>
        </p>
        <Button kind="plain">{t('desk.list.show')}</Button>
      </form>
      {creatable && (
        <p>
          <a class="button" href={to(context, `desk/records/new/${creatable.kind}`)}>
            {t('desk.new', { kind: t(creatable.label) })}
          </a>
        </p>
      )}
      <p class="quiet" role="status">
        {t('desk.list.count', { count: total })}
      </p>
      {lines.length === 0 ? (
        <EmptyState>{t('desk.list.none')}</EmptyState>
      ) : (
        <RecordLines lines={lines} context={context} />
      )}
      <Pagination page={page} pages={pages} href={href} context={context} />
    </Layout>
  )
}
