import { Hono } from 'hono'
import { actorName, canUseDesk, hasAnyRole } from '#features/accounts/index.ts'
import {
  canCreate,
  canSeeOnDesk,
  countLagging,
  listDeskRows,
  listRecentChanges,
  loadRecords,
  readDeskRows,
  type DeskFilter,
  type DeskRow,
  type PageEnv,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readSent, valueOf } from '#platform/forms.ts'
import { renderMarkdown } from '#platform/text/index.ts'
import { renderPage, to } from '#ui/index.ts'
import type { DeskDeps } from './deps.ts'
import { statuses, type DeskKind } from './kind.ts'
import { readPage, requireActor, type DeskCall } from './page.tsx'
import { nameRecords } from './names.ts'
import { findPlaces, findRecords, leads, scopeOf, type PickOption } from './picks.ts'
import { guardRows } from './standing.ts'
import { DeskHome, DeskList, type RecordLine } from './views/lists.tsx'

const pageSize = 30

/** The desk's front page, its list of records, and what its forms ask for while somebody types. */
export function homeRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/', async (c) => c.html(await home(deps, c)))
    .get('/records', async (c) => c.html(await list(deps, c)))
    .get('/find', async (c) => c.json({ items: await find(deps, c) }))
    .post('/preview', async (c) => {
      const { values } = await readSent(c.req.raw)
      return c.html(renderMarkdown(valueOf(values, 'text'), 3).__html)
    })
}

/** Nobody but those who work here; for all others there is no desk. */
export function requireDesk(c: DeskCall): void {
  if (!canUseDesk(c.var.actor)) throw new NotFoundError()
}

async function home(deps: DeskDeps, c: DeskCall): Promise<string> {
  const actor = requireActor(c)
  const kinds = [...deps.kinds.values()]
  const scope = scopeOf(actor)
  const names = kinds.map((kind) => kind.kind)
  const parts: readonly string[] = ['session', 'material', 'track', 'chapter']
  const standing = names.filter((name) => !parts.includes(name))
  const drafts = (is: boolean): DeskFilter => ({ kinds: standing, status: 'draft', madeBy: { actor: actor.id, is } })
  const top = { limit: 10, offset: 0 }
  const reviews = hasAnyRole(actor, ['editor', 'admin', 'organiser'])
  const [own, waiting, changes, lagging] = await Promise.all([
    listDeskRows(deps.records, scope, drafts(true), top),
    listDeskRows(deps.records, scope, drafts(false), top),
    listRecentChanges(deps.records, 40),
    countLagging(deps.records, deps.languages),
  ])
  const recent = await readDeskRows(
    deps.records,
    changes.map((change) => change.id),
  )
  const rows = [...own.rows, ...waiting.rows, ...recent]
  const seen = (await guardRows(deps, rows)).filter((row) => canSeeOnDesk(actor, row))
  const actors = await deps.nameActors([...new Set(changes.map((change) => change.actor))])
  const lines = await toLines(deps, c, seen)
  const pick = (some: readonly DeskRow[]) => some.flatMap((row) => lines.find((line) => line.id === row.id) ?? [])
  const changed = changes.flatMap(({ id, at, actor: who }): RecordLine[] => {
    const line = lines.find((one) => one.id === id)
    return line ? [{ ...line, at, by: actorName(who, actors, c.var.page.t) }] : []
  })
  const creatable = kinds.filter((kind) => kind.kind !== 'hub' && canMake(c, kind))
  return renderPage(
    <DeskHome
      context={c.var.page}
      own={pick(own.rows)}
      waiting={reviews ? pick(waiting.rows) : null}
      recent={changed.slice(0, 10)}
      lagging={hasAnyRole(actor, ['editor', 'admin', 'translator']) ? lagging : []}
      creatable={creatable}
      listable={kinds}
      tools={deps.tools.filter(({ may }) => may(actor))}
    />,
  )
}

async function toLines(deps: DeskDeps, c: DeskCall, rows: readonly DeskRow[]): Promise<RecordLine[]> {
  const records = await loadRecords(
    deps.records,
    rows.map((row) => row.id),
    leads,
  )
  const nameOf = await nameRecords(deps, c.var.reader, [...records.values()])
  return rows.flatMap((row): RecordLine[] => {
    const [record, kind] = [records.get(row.id), deps.kinds.get(row.kind)]
    if (!record || !kind) return []
    return [{ id: row.id, kind, name: nameOf(record), status: row.status, at: row.updatedAt, by: null }]
  })
}

async function list(deps: DeskDeps, c: DeskCall): Promise<string> {
  const actor = requireActor(c)
  const kinds = [...deps.kinds.values()]
  const asked = {
    kind: c.req.query('kind') ?? '',
    status: c.req.query('status') ?? '',
    words: (c.req.query('q') ?? '').slice(0, 100),
  }
  const kind = kinds.find((one) => one.kind === asked.kind)
  const status = statuses.find((one) => one === asked.status)
  if ((asked.kind !== '' && !kind) || (asked.status !== '' && !status)) throw new NotFoundError('filter')
  const page = readPage(c.req.query('page'))
  const words = asked.words.trim()
  const { rows, total } = await listDeskRows(
    deps.records,
    scopeOf(actor),
    {
      kinds: kind ? [kind.kind] : kinds.map((one) => one.kind),
      ...(status && { status }),
      ...(words !== '' && { words }),
    },
    { limit: pageSize, offset: (page - 1) * pageSize },
  )
  if (rows.length === 0 && page > 1) throw new NotFoundError('page')
  const seen = (await guardRows(deps, rows)).filter((row) => canSeeOnDesk(actor, row))
  const query = { kind: asked.kind, status: asked.status, q: words }
  return renderPage(
    <DeskList
      context={c.var.page}
      lines={await toLines(deps, c, seen)}
      total={total}
      page={page}
      pages={Math.max(1, Math.ceil(total / pageSize))}
      kinds={kinds}
      asked={{ kind: kind?.kind ?? null, status: status ?? null, words: asked.words }}
      href={(number) => `${to(c.var.page, 'desk/records')}?${withoutEmpty({ ...query, page: String(number) })}`}
      creatable={kind && canMake(c, kind) && (kind.kind !== 'hub' || total === 0) ? kind : null}
    />,
  )
}

const canMake = (c: DeskCall, kind: DeskKind) =>
  !kind.madeElsewhere && kind.whole?.fact === undefined && canCreate(c.var.actor, kind.kind)

const withoutEmpty = (query: Readonly<Record<string, string>>) =>
  new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))

/** What is offered while somebody types: `?kind=person organisation&q=…`, or `?kind=place`. */
async function find(deps: DeskDeps, c: DeskCall) {
  const actor = requireActor(c)
  const words = (c.req.query('q') ?? '').trim()
  const asked = (c.req.query('kind') ?? '').split(' ').filter((name) => name !== '')
  const { reader, lang } = c.var
  if (words === '') return []
  if (asked.length === 1 && asked[0] === 'place') return findPlaces(lang, words).map(toItem)
  const kinds = [...deps.kinds.keys()].filter((kind) => asked.includes(kind))
  if (kinds.length === 0 || kinds.length !== asked.length) throw new NotFoundError('kind of record')
  return (await findRecords(deps, actor, reader, kinds, words)).map(toItem)
}

const toItem = ({ value, label, note, status }: PickOption) => ({
  id: value,
  label: label.value,
  lang: label.lang,
  note: note?.value ?? null,
  status,
})
