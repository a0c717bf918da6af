import { Hono } from 'hono'
import { formOf, frame, requireActor, requireOfKind, type DeskCall, type DeskDeps } from '#features/desk/index.ts'
import { fileProblems, fileRef, keepUpload, listChoosable, readFileRef } from '#features/files/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { BodyTooLargeError } from '#platform/errors.ts'
import { numberOf, readSent, valueOf, type FieldProblem, type FieldValues, type SentForm } from '#platform/forms.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import { renderPage } from '#ui/index.ts'
import { EditionsPage } from '../views/editions-page.tsx'
import { editionValues, readEditionsForm, refusedFiles, turnEditions, type EditionsForm } from './form.ts'
import { saveEditions } from './save.ts'
import { editionLines, formOfEditions, loadEditions } from './standing.ts'

/** Bytes of a form with files: more than the largest file, so that one a little too large is told at its field. */
const mostFormBytes = 30_000_000

/** Bodies sent here are limited once it is known who sends them. */
export function libraryBodyLimit(path: string): number | undefined {
  return /^\/[\w-]+\/desk\/records\/pub_\w+\/editions$/.test(path) ? Infinity : undefined
}

/** The screen with the editions of a publication and their files. Its address is below that of the record. */
export function editionRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/editions', async (c) => {
      const id = c.req.param('id')
      await requireOfKind(deps, c.var.actor, id, 'publication')
      const form = formOfEditions(await loadEditions(deps.records, id), deps.languages)
      return c.html(await draw(deps, c, id, { form, isSaved: c.req.query('saved') !== undefined }))
    })
    .post('/:id/editions', async (c) => save(deps, c, c.req.param('id')))
}

async function save(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  await requireOfKind(deps, c.var.actor, id, 'publication')
  const sent = await readForm(c)
  if (sent === null) {
    const form = formOfEditions(await loadEditions(deps.records, id), deps.languages)
    const problems = [{ field: '', message: 'desk.editions.tooLarge' as const }]
    return c.html(await draw(deps, c, id, { form, problems }), 413)
  }
  const version = numberOf(sent.values, 'version')
  const { values, refused } = await takeFiles(deps, actor.id, sent)
  const form = readEditionsForm(values, refused)
  const deed = valueOf(values, 'do')
  const turned = deed === '' ? null : turnEditions(form, deed)
  if (turned !== null)
    return c.html(await draw(deps, c, id, { form: turned, version, problems: refusedFiles(turned), isTurned: true }))
  const saved = await saveEditions(deps, actor, id, version, form)
  if (saved.outcome === 'saved') return c.redirect(`${c.req.path}?saved=1`, 303)
  if (saved.outcome === 'conflict')
    return c.html(await draw(deps, c, id, { form, problems: refusedFiles(form), isConflict: true }), 409)
  return c.html(await draw(deps, c, id, { form, version, problems: saved.problems }), 422)
}

async function readForm(c: DeskCall): Promise<SentForm | null> {
  try {
    return await readSent(c.req.raw, { maxBytes: mostFormBytes })
  } catch (error) {
    if (error instanceof BodyTooLargeError) return null
    throw error
  }
}

/** The place of the form that a field with a file belongs to. */
const placeOf = (name: string): string | undefined => /^(editions\.\d{1,4}\.files\.\d{1,4})\.upload$/.exec(name)?.[1]

/**
 * Keeps the files that were sent, each in its place of the form; or says, by that place, why one was not taken. A file that was sent in
 * parts before is named by its reference: whether it may be chosen is looked at when it is saved.
 */
async function takeFiles(
  deps: DeskDeps,
  userId: string,
  sent: SentForm,
): Promise<{ values: FieldValues; refused: ReadonlyMap<string, MessageKey> }> {
  const values: Record<string, readonly string[]> = { ...sent.values }
  const refused = new Map<string, MessageKey>()
  for (const [name, [line = '']] of Object.entries(sent.values)) {
    const place = placeOf(name)
    if (place !== undefined && line !== '') values[`${place}.ref`] = [line]
  }
  for (const [name, [file]] of Object.entries(sent.files)) {
    const place = placeOf(name)
    if (place === undefined || !file) continue
    const kept = await keepUpload(deps, userId, file)
    if (kept.ok) values[`${place}.ref`] = [fileRef(kept.file)]
    else {
      values[`${place}.id`] ??= ['']
      refused.set(place, fileProblems[kept.why])
    }
  }
  return { values, refused }
}

interface Drawn {
  readonly form: EditionsForm
  /** The version the form was opened with; left out: that of now. */
  readonly version?: number
  readonly problems?: readonly FieldProblem[]
  readonly isSaved?: boolean
  readonly isTurned?: boolean
  readonly isConflict?: boolean
}

async function draw(deps: DeskDeps, c: DeskCall, id: string, drawn: Drawn): Promise<string> {
  const { guarded, kind } = await requireOfKind(deps, c.var.actor, id, 'publication')
  const { record, rows } = await loadEditions(deps.records, id)
  const { form, version = record.version, problems = [] } = drawn
  const had = rows.files.flatMap(({ file }) => file ?? [])
  const asked = form.editions.flatMap(({ files }) => files.flatMap(({ ref }) => readFileRef(ref)?.sha256 ?? []))
  const found = await listChoosable(deps.files, requireActor(c).id, [...new Set(asked)], had)
  return renderPage(
    <EditionsPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, { ...editionValues(form), version: [String(version)] }, problems)}
      editions={form.editions}
      files={new Map([...found].map(([hash, file]) => [hash, { ...file, isSaved: had.includes(hash) }]))}
      languages={[...new Set([...deps.languages, ...form.languages, ...languagesIn(form)])]}
      theirs={drawn.isConflict ? editionLines(rows) : null}
      isSaved={drawn.isSaved === true}
      isTurned={drawn.isTurned === true}
    />,
  )
}

/** Languages that are chosen in a form already. */
function languagesIn({ editions }: EditionsForm): string[] {
  const all = editions.flatMap(({ lang, files }) => [lang, ...files.map((file) => file.lang)])
  return all.filter((lang) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(lang))
}
