import { Hono } from 'hono'
import {
  deedOf,
  formOf,
  frame,
  requireActor,
  requireGuarded,
  requireOfKind,
  type DeskCall,
  type DeskDeps,
} from '#features/desk/index.ts'
import type { Actor } from '#features/accounts/index.ts'
import { insertEvents, loadRecords, touchRecord, type PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readSent, valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { recordingTables } from '../store.ts'
import { CaptionsPage } from '../views/captions-page.tsx'
import { readMeant, type Meant } from './form.ts'
import { loadCaptions, type ShownCaptions } from './standing.ts'
import { noteSource } from './store-behind.ts'
import { writeSpeakersOf } from './store.ts'

/** The screen with what was read in the captions of a track, and with who speaks there. Its address is below that of the record. */
export function captionDeskRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/captions', async (c) => c.html(await draw(deps, c, c.req.param('id'))))
    .post('/:id/captions', async (c) => save(deps, c, c.req.param('id')))
}

async function save(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  await requireOfKind(deps, actor, id, 'track')
  const { values } = await readSent(c.req.raw)
  const captions = await loadCaptions(deps.records, c.var.reader, id)
  const people = captions.people.map(({ value }) => value)
  const labels = captions.labels.map(({ label }) => label)
  if (valueOf(values, 'do') === 'right') await confirmRight(deps, actor, id)
  else {
    const { meant, problems } = readMeant(values, { labels, people })
    if (problems.length > 0) return c.html(await draw(deps, c, id, { values, problems }), 422)
    await saveSpeakers(deps, actor, id, { meant, captions })
  }
  return c.redirect(`${c.req.path}?saved=1`, 303)
}

/** Notes that the lines are right by those they were made from, as these stand now. */
async function confirmRight(deps: DeskDeps, actor: Actor, id: string): Promise<void> {
  await deps.records.transaction().execute(async (tx) => {
    await requireGuarded({ ...deps, records: tx }, actor, id)
    await noteSource(recordingTables(tx), id)
    await touchRecord(tx, id, deedOf(deps, actor))
  })
  deps.onChange()
}

async function saveSpeakers(
  deps: DeskDeps,
  actor: Actor,
  id: string,
  { meant, captions }: { meant: readonly Meant[]; captions: ShownCaptions },
): Promise<void> {
  const confirmed = captions.labels.filter((one) => one.isConfirmed)
  const before = new Map(confirmed.map((one) => [one.label, one.personId]))
  const changed = meant.filter(({ label, personId }) => !before.has(label) || before.get(label) !== personId)
  if (changed.length === 0) return
  const nameOf = (person: string | null) => captions.people.find(({ value }) => value === person)?.label ?? '–'
  const linesOf = (pairs: readonly Meant[]) =>
    pairs.map(({ label, personId }) => `${label}: ${nameOf(personId)}`).join('\n')
  const deed = deedOf(deps, actor)
  const after = confirmed.map((one) => meant.find(({ label }) => label === one.label) ?? one)
  const fresh = changed.filter(({ label }) => !before.has(label))
  await deps.records.transaction().execute(async (tx) => {
    await requireGuarded({ ...deps, records: tx }, actor, id)
    await writeSpeakersOf(recordingTables(tx), id, changed)
    const line = { record_id: id, verb: 'edit' as const, field: 'speakers' }
    await insertEvents(
      tx,
      [{ ...line, before: linesOf(confirmed) || null, after: linesOf([...after, ...fresh]) }],
      deed,
    )
    await touchRecord(tx, id, deed)
  })
  deps.onChange()
}

interface Sent {
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
}

async function draw(deps: DeskDeps, c: DeskCall, id: string, sent?: Sent): Promise<string> {
  const { guarded, kind } = await requireOfKind(deps, c.var.actor, id, 'track')
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!record) throw new NotFoundError('track')
  const captions = await loadCaptions(deps.records, c.var.reader, id)
  const stored = captions.labels.map((one, index): [string, string[]] => [`person.${index}`, [one.suggested ?? '']])
  return renderPage(
    <CaptionsPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, { ...Object.fromEntries(stored), ...sent?.values }, sent?.problems)}
      captions={captions}
      isSaved={c.req.query('saved') !== undefined}
    />,
  )
}
