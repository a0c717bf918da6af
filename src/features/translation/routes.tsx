import { Hono, type MiddlewareHandler } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readForm, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { freshForm, renderPage } from '#ui/index.ts'
import { findNext, listDesk, pageSize, readPairs, readProgress } from './actions.ts'
import type { TranslationDeps } from './deps.ts'
import { markOf, type PairedRecord } from './domain.ts'
import { editsOf, readAsked, TextsForm } from './forms.ts'
import { exchangeRoutes } from './exchange-routes.tsx'
import { askMachine } from './machine/index.ts'
import { canAskMachine, canTranslate, canUseTranslationDesk } from './policy.ts'
import { requireLanguage, type DeskCall } from './routes-common.ts'
import { findRequest } from './store-requests.ts'
import { saveTranslations, type Refused } from './saving.ts'
import { offerFor, rememberTexts } from './suggestions.ts'
import { DeskPage } from './views/desk-page.tsx'
import { EditPage } from './views/edit-page.tsx'

/** For those who translate; to others there is no such page. */
const deskOnly: MiddlewareHandler<PageEnv> = async (c, next) => {
  if (!canUseTranslationDesk(c.var.actor)) throw new NotFoundError()
  await next()
}

const one = '/desk/translation/:id{[a-z]{3}_[0-9a-z]+}/:into'

/** The translation desk. Paths come after the language. */
export function translationRoutes(deps: TranslationDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('/desk/translation', deskOnly)
    .use('/desk/translation/*', deskOnly)
    .get('/desk/translation', async (c) => c.html(await deskPage(deps, c)))
    .get('/desk/translation/next', async (c) => {
      const lang = requireLanguage(deps, c, c.req.query('lang') ?? '')
      const id = await findNext(deps, lang, c.req.query('after'))
      const path = id === null ? `?done=${lang}` : `/${id}/${lang}`
      return c.redirect(`/${c.var.lang}/desk/translation${path}`, 303)
    })
    .get(one, async (c) => {
      const into = requireLanguage(deps, c, c.req.param('into'))
      const record = await requirePairs(deps, c, c.req.param('id'), into)
      const saved = /^\d{1,4}$/.test(c.req.query('saved') ?? '') ? Number(c.req.query('saved')) : null
      return c.html(await editPage(deps, c, record, into, { saved }))
    })
    .post(one, async (c) => saveTexts(deps, c, c.req.param('id'), c.req.param('into')))
    .post(`${one}/machine`, async (c) => {
      const into = requireLanguage(deps, c, c.req.param('into'))
      const { id } = await requirePairs(deps, c, c.req.param('id'), into)
      await askMachine(deps, c.var.actor, id, into)
      return c.redirect(`/${c.var.lang}/desk/translation/${id}/${into}`, 303)
    })
    .route('/', exchangeRoutes(deps))
}

async function requirePairs(deps: TranslationDeps, c: DeskCall, id: string, into: string): Promise<PairedRecord> {
  const record = await readPairs(deps, c.var.reader, id, into)
  if (!record) throw new NotFoundError('record')
  return record
}

async function deskPage(deps: TranslationDeps, c: DeskCall): Promise<string> {
  const { desk, asked, done } = readAsked(c.req.query(), deps.languages)
  const [{ rows, total }, progress, series, wanted] = await Promise.all([
    listDesk(deps, c.var.reader, desk),
    readProgress(deps, desk),
    deps.importance.listSeries(c.var.reader),
    deps.listWanted(),
  ])
  const pages = Math.max(1, Math.ceil(total / pageSize))
  if (desk.page > 1 && rows.length === 0) throw new NotFoundError('page')
  const mine = deps.languages.filter((lang) => canTranslate(c.var.actor, lang))
  return renderPage(
    <DeskPage
      context={c.var.page}
      asked={asked}
      rows={rows}
      total={total}
      page={desk.page}
      pages={pages}
      progress={progress}
      series={series}
      mine={mine}
      wanted={wanted.filter(({ lang }) => mine.includes(lang))}
      done={done}
    />,
  )
}

interface Outcome {
  readonly saved?: number | null
  readonly values?: FieldValues
  readonly problems?: readonly FieldProblem[]
  readonly refused?: readonly Refused[]
}

async function editPage(
  deps: TranslationDeps,
  c: DeskCall,
  record: PairedRecord,
  into: string,
  { saved = null, values = {}, problems = [], refused = [] }: Outcome,
): Promise<string> {
  const fresh = freshForm(
    c.var.page,
    Object.fromEntries(record.pairs.map(({ field, text }) => [`texts.${field}`, text?.value ?? ''])),
  )
  const form = { ...fresh, values: { ...fresh.values, ...values }, problems }
  const [names, offers, request] = await Promise.all([
    deps.readNames([...new Set(record.pairs.flatMap(({ text }) => text?.updatedBy ?? []))]),
    offerFor(deps, c.var.reader, record, into),
    findRequest(deps.translation, record.id, into),
  ])
  return renderPage(
    <EditPage
      context={c.var.page}
      record={record}
      into={into}
      form={form}
      refused={refused}
      saved={saved}
      names={names}
      offers={offers}
      request={request}
      hasMachine={deps.hasMachine && canAskMachine(c.var.actor, into)}
    />,
  )
}

const told = {
  emptied: 'translation.emptied',
  textMoved: 'translation.textMoved',
  sourceMoved: 'translation.sourceMoved',
  noSource: 'translation.noSource',
} as const

async function saveTexts(deps: TranslationDeps, c: DeskCall, id: string, lang: string): Promise<Response> {
  const into = requireLanguage(deps, c, lang)
  const form = await readForm(c.req.raw, TextsForm)
  if (!form.ok) {
    const record = await requirePairs(deps, c, id, into)
    return c.html(await editPage(deps, c, record, into, form), 422)
  }
  const saved = await saveTranslations(deps, c.var.actor, id, into, editsOf(form.value))
  if (saved.ok) {
    deps.changed()
    await rememberTexts(deps, [id])
    return c.redirect(afterSaving(c, form.value.go, id, into, saved.count), 303)
  }
  const record = await requirePairs(deps, c, id, into)
  const problems = saved.refused.map(({ field, verdict }) => ({ field: `texts.${field}`, message: told[verdict] }))
  const values = keepTyped(form.values, record)
  const status = saved.refused.every(({ verdict }) => verdict === 'emptied') ? 422 : 409
  return c.html(await editPage(deps, c, record, into, { values, problems, refused: saved.refused }), status)
}

function afterSaving(c: DeskCall, go: string | undefined, id: string, into: string, count: number): string {
  const desk = `/${c.var.lang}/desk/translation`
  return go === 'next' ? `${desk}/next?lang=${into}&after=${id}` : `${desk}/${id}/${into}?saved=${count}`
}

/** What was typed, and for what was left alone the text of now. */
function keepTyped(values: FieldValues, record: PairedRecord): FieldValues {
  const kept = record.pairs.flatMap(({ field }): [string, readonly string[]][] => {
    const typed = values[`texts.${field}`]
    const wasFilledWith = values[`base.${field}`]?.[0] ?? ''
    return typed && markOf(typed[0]) !== wasFilledWith ? [[`texts.${field}`, typed]] : []
  })
  return Object.fromEntries(kept)
}
