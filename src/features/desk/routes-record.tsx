import { actorName } from '#features/accounts/index.ts'
import { Hono } from 'hono'
import { canCreate, canEdit, canSeeOnDesk, type PageEnv } from '#features/records/index.ts'
import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { numberOf, valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { dayOf } from '#platform/time.ts'
import { renderPage } from '#ui/index.ts'
import { createRecord, saveRecord, type Saved } from './actions.ts'
import { listDraftParts } from './publishing.ts'
import { applyChoices } from './conflicts.ts'
import type { DeskDeps } from './deps.ts'
import { plainNames, sentFor } from './draft.ts'
import { isPicked, type DeskKind, type FactValues } from './kind.ts'
import { formOf, formValues, frame, readNames, requireActor, type DeskCall } from './page.tsx'
import { readPicks } from './picks.ts'
import { loadStanding, requireGuarded, type Standing } from './standing.ts'
import { readRecordForm, readShownFiles, takeFiles, tooLargeProblems } from './uploads.ts'
import { ConflictPage } from './views/conflict-page.tsx'
import { NewRecordPage } from './views/new-record-page.tsx'
import { RecordFormPage } from './views/record-form.tsx'
import { recordPath } from './views/record-frame.tsx'

/** The forms of records: new ones, and those there are. */
export function recordRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/new/:kind', async (c) => newPage(deps, c, c.req.param('kind')))
    .post('/new/:kind', async (c) => createFromForm(deps, c, c.req.param('kind')))
    .get('/:id', async (c) => {
      const { guarded } = await requireGuarded(deps, c.var.actor, c.req.param('id'))
      const standing = await loadStanding(deps, guarded, readLang(c))
      return c.html(
        await drawForm(deps, c, standing, {
          values: formValues(standing),
          isSaved: c.req.query('saved') !== undefined,
        }),
      )
    })
    .post('/:id', async (c) => saveFromForm(deps, c, c.req.param('id')))
}

/** The language of the texts that are edited: any tag; none asked for is the record's source. */
function readLang(c: DeskCall): string | null {
  const asked = c.req.query('lang')
  if (asked === undefined || asked === '') return null
  const tag = asked.length <= 35 ? canonicalLanguageTag(asked) : null
  if (tag === null) throw new NotFoundError('language')
  return tag
}

interface Drawn {
  readonly values: FieldValues
  readonly problems?: readonly FieldProblem[]
  readonly finding?: readonly string[]
  readonly isSaved?: boolean
}

async function drawForm(deps: DeskDeps, c: DeskCall, standing: Standing, drawn: Drawn): Promise<string> {
  const { kind, record, lang } = standing
  const { values, problems = [], finding = [], isSaved = false } = drawn
  const actor = requireActor(c)
  const { reader, page: context } = c.var
  const picks = await readPicks(deps, { actor, reader, kind, values, finding, stands: standing.facts })
  const files = await readShownFiles(deps.files, actor, kind, values, standing.facts)
  const framed = await frame(deps.records, c, standing)
  const draftParts = record.status === 'published' ? (await listDraftParts(deps.records, kind, record.id)).length : 0
  return renderPage(
    <RecordFormPage
      form={formOf(c, values, problems)}
      languages={deps.languages}
      {...{ context, framed, record, lang, picks, files, isSaved, draftParts }}
    />,
  )
}

async function saveFromForm(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const actor = requireActor(c)
  const lang = readLang(c)
  const { guarded, kind } = await requireGuarded(deps, actor, id)
  const form = await readRecordForm(c.req.raw)
  if (form === null) {
    const standing = await loadStanding(deps, guarded, lang)
    const problems = tooLargeProblems(kind)
    return c.html(await drawForm(deps, c, standing, { values: formValues(standing), problems }), 413)
  }
  const { values: taken, problems: refused } = await takeFiles(deps, actor, kind, form)
  const sent = plainNames(taken)
  const deed = readDeed(sent, kind)
  if (deed !== null) {
    const standing = await loadStanding(deps, guarded, lang)
    const values = { ...formValues(standing), ...applyChoices(deed.values) }
    return c.html(await drawForm(deps, c, standing, { values, problems: refused, finding: deed.finding }))
  }
  const unsettled = unsettledFinds(sent, kind)
  const numbers = { version: numberOf(sent, 'version'), since: numberOf(sent, 'since') }
  const problems = [...unsettledProblems(unsettled), ...refused]
  if (problems.length > 0) {
    const standing = await loadStanding(deps, guarded, lang)
    return c.html(
      await drawForm(deps, c, standing, { values: { ...formValues(standing), ...sent }, problems, finding: unsettled }),
      422,
    )
  }
  return answerSaved(deps, c, sent, await saveRecord(deps, actor, id, { lang, ...numbers, values: sent }))
}

async function answerSaved(deps: DeskDeps, c: DeskCall, sent: FieldValues, saved: Saved): Promise<Response> {
  if (saved.outcome === 'saved') {
    const lang = c.req.query('lang')
    const query = new URLSearchParams({ ...(lang ? { lang } : {}), saved: String(saved.version) })
    return c.redirect(`${recordPath(c.var.page, c.req.param('id') ?? '')}?${query}`, 303)
  }
  const { standing } = saved
  const chosen = applyChoices(sent)
  if (saved.outcome === 'invalid') {
    const values = { ...formValues(standing), ...chosen, version: [String(standing.record.version)] }
    return c.html(await drawForm(deps, c, standing, { values, problems: saved.problems }), 422)
  }
  const { conflicts } = saved
  const values = conflicts.flatMap(({ name, theirs, yours, base }) =>
    [theirs, yours, base].map((value) => ({ name, value })),
  )
  const actors = await deps.nameActors(saved.by)
  const page = (
    <ConflictPage
      context={c.var.page}
      framed={await frame(deps.records, c, standing)}
      lang={standing.lang}
      form={formOf(c, {})}
      sent={chosen}
      shown={formValues(standing)}
      conflicts={conflicts}
      by={saved.by.map((id) => actorName(id, actors, c.var.page.t))}
      names={await readNames(deps, c, standing.kind, values)}
      zone={standing.facts['timeZone']?.[0] ?? deps.zone}
    />
  )
  return c.html(renderPage(page), 409)
}

/** A button that redraws the form instead of saving it: looking for records, moving one up or down, a look at what was chosen. */
function readDeed(sent: FieldValues, kind: DeskKind): { values: FieldValues; finding: string[] } | null {
  const [verb = '', name = '', id = ''] = valueOf(sent, 'do').split(':')
  if (verb === 'review') return { values: sent, finding: [] }
  const fact = kind.facts.find((one) => one.name === name)
  if (!fact || !isPicked(fact)) return null
  if (verb === 'find') return { values: sent, finding: [name] }
  if (verb !== 'up' && verb !== 'down') return null
  const chosen = (sentFor(sent, `fact.${name}`) ?? []).filter((one) => one !== '')
  return { values: { ...sent, [`fact.${name}`]: moveOne(chosen, id, verb) }, finding: [] }
}

/** A list with one entry a place further up or down. */
export function moveOne(list: readonly string[], entry: string, verb: 'up' | 'down'): string[] {
  const from = list.indexOf(entry)
  const to = verb === 'up' ? from - 1 : from + 1
  const other = list[to]
  if (from < 0 || other === undefined) return [...list]
  return list.with(to, entry).with(from, other)
}

/** Facts beside which something was typed and nothing chosen of what it finds: saving would lose it. */
function unsettledFinds(sent: FieldValues, kind: DeskKind): string[] {
  return kind.facts.filter(isPicked).flatMap(({ name }) => (valueOf(sent, `find.${name}`).trim() === '' ? [] : [name]))
}

const unsettledProblems = (names: readonly string[]) =>
  names.map((name): FieldProblem => ({ field: `fact.${name}`, message: 'desk.problem.unsettled' }))

function requireKind(deps: DeskDeps, c: DeskCall, name: string): DeskKind {
  const kind = [...deps.kinds.values()].find((one) => one.kind === name)
  if (!kind || kind.madeElsewhere === true || !canCreate(c.var.actor, kind.kind))
    throw new NotFoundError('kind of record')
  return kind
}

async function tooLargeNew(deps: DeskDeps, c: DeskCall, kind: DeskKind): Promise<Response> {
  const values = await freshValues(deps, c, kind)
  return c.html(await drawNew(deps, c, kind, { values, problems: tooLargeProblems(kind) }), 413)
}

async function newPage(deps: DeskDeps, c: DeskCall, name: string): Promise<Response> {
  const kind = requireKind(deps, c, name)
  return c.html(await drawNew(deps, c, kind, { values: await freshValues(deps, c, kind) }))
}

async function freshValues(deps: DeskDeps, c: DeskCall, kind: DeskKind): Promise<FieldValues> {
  const facts: Record<string, readonly string[]> = {
    ...kind.fresh?.({ today: dayOf(deps.now(), deps.zone), zone: deps.zone }),
  }
  const whole = c.req.query('of')
  if (whole !== undefined && kind.whole?.fact !== undefined) {
    await requireGuarded(deps, c.var.actor, whole, kind.whole.isOpen ? canSeeOnDesk : canEdit)
    facts[kind.whole.fact] = [whole]
  }
  for (const { name, type } of kind.facts) {
    const given = type === 'text' ? c.req.query(name) : undefined
    if (given !== undefined) facts[name] = [given.slice(0, 100)]
  }
  const lang = deps.languages.includes(c.var.lang) ? c.var.lang : (deps.languages[0] ?? 'en')
  return { ...toFields(facts), lang: [lang], visibility: ['public'] }
}

const toFields = (facts: FactValues): FieldValues =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [`fact.${name}`, value]))

async function drawNew(
  deps: DeskDeps,
  c: DeskCall,
  kind: DeskKind,
  { values, problems = [], finding = [] }: Drawn,
): Promise<string> {
  const actor = requireActor(c)
  const { reader, page: context } = c.var
  const picks = await readPicks(deps, { actor, reader, kind, values, finding })
  const files = await readShownFiles(deps.files, actor, kind, values, {})
  const form = formOf(c, values, problems)
  const lang = valueOf(values, 'lang')
  return renderPage(<NewRecordPage languages={deps.languages} {...{ context, form, kind, lang, picks, files }} />)
}

async function createFromForm(deps: DeskDeps, c: DeskCall, name: string): Promise<Response> {
  const kind = requireKind(deps, c, name)
  const actor = requireActor(c)
  const form = await readRecordForm(c.req.raw)
  if (form === null) return tooLargeNew(deps, c, kind)
  // A part is begun by whoever may edit the whole: nothing of anybody else is kept.
  const hasFile = Object.keys(form.files).length > 0
  const wholes = hasFile ? sentFor(plainNames(form.values), `fact.${kind.whole?.fact ?? ''}`) : null
  const whole = wholes?.find((one) => one !== '')
  if (whole) await requireGuarded(deps, actor, whole)
  const taken = await takeFiles(deps, actor, kind, whole ? form : { ...form, files: {} })
  const sent = plainNames(taken.values)
  const lang = valueOf(sent, 'lang')
  const deed = readDeed(sent, kind)
  const values = deed?.values ?? sent
  if (deed !== null)
    return c.html(await drawNew(deps, c, kind, { values, problems: taken.problems, finding: deed.finding }))
  const unsettled = unsettledFinds(sent, kind)
  const problems: FieldProblem[] = [...unsettledProblems(unsettled), ...taken.problems]
  if (!deps.languages.includes(lang))
    problems.push({ field: 'lang', message: lang === '' ? 'form.required' : 'form.invalid' })
  const known = { ...values, lang: [deps.languages.includes(lang) ? lang : (deps.languages[0] ?? 'en')] }
  if (problems.length > 0)
    return c.html(await drawNew(deps, c, kind, { values: known, problems, finding: unsettled }), 422)
  const created = await createRecord(deps, actor, kind, lang, sent)
  if (created.outcome === 'invalid')
    return c.html(await drawNew(deps, c, kind, { values: known, problems: created.problems }), 422)
  return c.redirect(`${recordPath(c.var.page, created.id)}?saved=new`, 303)
}
