import { Hono } from 'hono'
import { z } from 'zod'
import type { PageEnv } from '#features/records/index.ts'
import { kinds } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readSent, type FieldProblem } from '#platform/forms.ts'
import { freshForm, renderPage } from '#ui/index.ts'
import type { TranslationDeps } from './deps.ts'
import { applyImport, exportXliff, planImport, type Exported, type ExportQuery, type ReportLine } from './exchange.ts'
import { canExchange } from './policy.ts'
import { requireLanguage, type DeskCall } from './routes-common.ts'
import { endImport, findImport, keepImport, listImports } from './store.ts'
import { ExchangePage, type FileFault } from './views/exchange-page.tsx'
import { ImportPage } from './views/import-page.tsx'
import { fieldLabel } from './views/labels.tsx'
import { decodeXliff, mostBytes, readXliff, type XliffRead } from './xliff/index.ts'

/** Texts out to an agency and back. Paths come after the language; who may come here is decided before. */
export function exchangeRoutes(deps: TranslationDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/desk/translation/exchange', async (c) => c.html(await exchangePage(deps, c, {})))
    .post('/desk/translation/exchange', async (c) => takeFile(deps, c))
    .get('/desk/translation/export.xlf', async (c) => giveFile(deps, c))
    .get('/desk/translation/imports/:id', async (c) => {
      const { file, lines } = await readImport(deps, c, c.req.param('id'))
      return c.html(renderPage(<ImportPage context={c.var.page} file={file} lines={lines} />))
    })
    .post('/desk/translation/imports/:id', async (c) => {
      const { file, read } = await readImport(deps, c, c.req.param('id'))
      if (file.appliedAt === null) {
        const lines = await applyImport(deps, c.var.actor, c.var.reader, read)
        deps.changed()
        await endImport(deps.translation, file.id, deps.now(), lines)
      }
      return c.redirect(`/${c.var.lang}/desk/translation/imports/${file.id}`, 303)
    })
}

interface Trouble {
  readonly refused?: Exported & { ok: false }
  readonly fault?: FileFault
}

async function exchangePage(deps: TranslationDeps, c: DeskCall, { refused, fault }: Trouble): Promise<string> {
  const { page: context, actor, reader } = c.var
  const problems: FieldProblem[] = fault ? [{ field: 'file', message: 'xliff.refused' }] : []
  const names = ['into', 'from', 'what', 'kind', 'series']
  const wanted = freshForm(context, Object.fromEntries(names.map((name) => [name, c.req.query(name) ?? ''])))
  const [series, imports] = await Promise.all([
    deps.importance.listSeries(reader),
    listImports(deps.translation, actor?.id ?? '', 10),
  ])
  return renderPage(
    <ExchangePage
      context={context}
      wanted={wanted}
      sent={{ ...freshForm(context, {}), problems }}
      mine={deps.languages.filter((lang) => canExchange(actor, lang))}
      series={series}
      imports={imports}
      refused={refused ?? null}
      fault={fault ?? null}
    />,
  )
}

async function giveFile(deps: TranslationDeps, c: DeskCall): Promise<Response> {
  const query = readExport(deps, c)
  const { origin } = c.var.page.hub
  const exported = await exportXliff(deps, query, { origin, labelOf: (field) => fieldLabel(field, c.var.page) })
  if (!exported.ok) return c.html(await exchangePage(deps, c, { refused: exported }), 422)
  const name = `${query.record ?? 'hub'}-${query.into}-${deps.now().slice(0, 10)}.xlf`
  return c.body(exported.document, 200, {
    'content-type': 'application/xliff+xml; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  })
}

function readExport(deps: TranslationDeps, c: DeskCall): ExportQuery {
  const into = requireLanguage(deps, c, c.req.query('into') ?? '')
  const Wanted = z.object({
    from: z.enum(deps.languages).optional(),
    what: z.enum(['all']).optional(),
    kind: z.enum(kinds.map(({ kind }) => kind)).optional(),
    series: z.string().max(100).optional(),
    record: z.string().max(100).optional(),
  })
  const parsed = Wanted.safeParse(Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== '')))
  if (!parsed.success) throw new NotFoundError('filter')
  const { from, what, kind, series, record } = parsed.data
  return {
    into,
    all: what === 'all',
    ...(from && { from }),
    ...(kind && { kind }),
    ...(series && { series }),
    ...(record && { record }),
  }
}

const week = 7 * 86_400_000

/** Keeps a file that can be read, and leads to what it would change. */
async function takeFile(deps: TranslationDeps, c: DeskCall): Promise<Response> {
  const { files } = await readSent(c.req.raw)
  const [file] = files['file'] ?? []
  const refuse = async (fault: FileFault) => c.html(await exchangePage(deps, c, { fault }), 422)
  if (!file) return refuse({ fault: 'none' })
  const decoded = decodeXliff(new Uint8Array(await file.arrayBuffer()))
  if (!decoded.ok) return refuse(decoded)
  const read = readXliff(decoded.text)
  if (!read.ok) return refuse(read)
  const lang = deps.languages.find((one) => one === read.targetLang && canExchange(c.var.actor, one))
  if (lang === undefined) return refuse({ fault: 'notYours', lang: read.targetLang })
  const sentAt = deps.now()
  const before = new Date(Date.parse(sentAt) - week).toISOString()
  const fileName =
    file.name
      .normalize('NFC')
      .replace(/[\p{C}]/gu, '')
      .slice(0, 200) || 'file.xlf'
  const kept = { lang, fileName, body: decoded.text, sentBy: c.var.actor?.id ?? '', sentAt }
  const id = await keepImport(deps.translation, kept, before)
  return c.redirect(`/${c.var.lang}/desk/translation/imports/${id}`, 303)
}

/** A file of this person's own, with what it would change now or, once it was brought in, what it has changed. */
async function readImport(deps: TranslationDeps, c: DeskCall, id: string) {
  const file = /^[0-9a-f-]{36}$/.test(id) ? await findImport(deps.translation, id) : null
  if (!file || file.sentBy !== c.var.actor?.id || !canExchange(c.var.actor, file.lang)) throw new NotFoundError()
  const read: XliffRead | { ok: false } = readXliff(file.body)
  if (!read.ok) throw new NotFoundError()
  const lines = file.appliedAt === null ? await planImport(deps, c.var.reader, read) : Report.parse(file.report)
  return { file, read, lines }
}

const text = z.string()
const Report: z.ZodType<ReportLine[]> = z.array(
  z.object({
    recordId: text,
    name: text,
    field: text,
    line: z.number(),
    outcome: z.enum([
      'new',
      'replaced',
      'behind',
      'confirmed',
      'same',
      'kept',
      'empty',
      'partial',
      'codes',
      'original',
      'unknownRecord',
      'unknownField',
      'twice',
    ]),
    theirs: text.nullable(),
    ours: text.nullable(),
  }),
)

/** A file may be larger than what forms usually carry. */
export function translationBodyLimit(path: string): number | undefined {
  return /^\/[\w-]+\/desk\/translation\/exchange$/.test(path) ? mostBytes + 100_000 : undefined
}
