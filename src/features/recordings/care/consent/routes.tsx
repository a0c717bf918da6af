import { Hono } from 'hono'
import { formOf, frame, requireActor, requireOfKind, type DeskCall, type DeskDeps } from '#features/desk/index.ts'
import { loadRecords, nameFor, type PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readSent, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { ConsentPage } from '../views/consent-page.tsx'
import { consentValues, fieldsOf } from './form.ts'
import { saveConsents, type PutTogether } from './save.ts'
import { loadConsents, type AskedSession, type ConsentStanding } from './standing.ts'

/** The screen with what those who speak in a recording have agreed to. Its address is below that of the record. */
export function consentRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/consent', async (c) => c.html(await draw(deps, c, c.req.param('id'), {})))
    .post('/:id/consent', async (c) => save(deps, c, c.req.param('id')))
}

/** The session that an address asks for by its number, else the first; null where there is none. */
function sessionOf(c: DeskCall, { sessions }: ConsentStanding): AskedSession | null {
  const asked = c.req.query('session')
  if (asked === undefined) return sessions[0] ?? null
  const session = sessions.find(({ number }) => String(number) === asked)
  if (!session) throw new NotFoundError('session')
  return session
}

async function save(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  await requireOfKind(deps, actor, id, 'recording')
  const session = sessionOf(c, await loadConsents(deps.records, id))
  if (!session) throw new NotFoundError('session')
  const { values } = await readSent(c.req.raw)
  const saved = await saveConsents(deps, actor, { recordingId: id, sessionId: session.id }, values)
  if (saved.outcome === 'saved') return c.redirect(`${c.req.path}?session=${session.number}&saved=1`, 303)
  if (saved.outcome === 'conflict') return c.html(await draw(deps, c, id, { together: saved.together }), 409)
  return c.html(await draw(deps, c, id, { values, problems: saved.problems }), 422)
}

interface Drawn {
  readonly values?: FieldValues
  readonly problems?: readonly FieldProblem[]
  /** What two have noted at once, to be looked at and sent again. */
  readonly together?: readonly PutTogether[]
}

async function draw(deps: DeskDeps, c: DeskCall, id: string, drawn: Drawn): Promise<string> {
  const { guarded, kind } = await requireOfKind(deps, c.var.actor, id, 'recording')
  const standing = await loadConsents(deps.records, id)
  const { sessions, seminarId } = standing
  const session = sessionOf(c, standing)
  const speakers = session?.speakers ?? []
  const ids = [...sessions.map((one) => one.id), ...speakers.map(({ personId }) => personId)]
  const [record, called] = await Promise.all([
    loadRecords(deps.records, [id]).then((records) => records.get(id)),
    loadRecords(deps.records, ids, ['title', 'name']),
  ])
  if (!record) throw new NotFoundError('recording')
  const { together = [], values = {}, problems = [] } = drawn
  const stored = session ? consentValues(session, new Map(together.map((one) => [one.personId, one.noted]))) : {}
  return renderPage(
    <ConsentPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, { ...stored, ...values }, [...problems, ...disputes(session, together)])}
      sessions={sessions}
      session={session}
      seminarId={seminarId}
      names={new Map([...called].map(([one, loaded]) => [one, nameFor(loaded, c.var.reader)]))}
      actors={await deps.nameActors([...new Set(speakers.flatMap(({ by }) => by?.actor ?? []))])}
      isSaved={c.req.query('saved') !== undefined}
      disputed={new Map(together.flatMap((one) => (one.disputed.length > 0 ? [[one.personId, one.disputed]] : [])))}
    />,
  )
}

function disputes(session: AskedSession | null, together: readonly PutTogether[]): FieldProblem[] {
  return together.flatMap(({ personId, disputed }) =>
    disputed.map((field) => ({
      field: session ? `${fieldsOf(session, { personId })}${field}` : '',
      message: 'desk.consent.disputed' as const,
    })),
  )
}
