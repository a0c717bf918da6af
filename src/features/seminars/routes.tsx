import { Hono, type Context } from 'hono'
import { buildOutlined, conceptIdsOf, loadOutlined, type PageEnv } from '#features/records/index.ts'
import { outlineSeriesChoices } from '#features/series/index.ts'
import { findConceptId, outlineTags } from '#features/taxonomy/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { PdfCompiler } from '#platform/pdf/index.ts'
import { renderPage } from '#ui/index.ts'
import { findSeminarId, outlineCalendar, readSeminar, type SeminarQuery } from './actions.ts'
import { agendaPdf } from './agenda-pdf.ts'
import type { Seminar, Session } from './domain.ts'
import { seminarCalendar } from './machine/ics.ts'
import { seminarJsonLd } from './machine/json-ld.ts'
import { scheduleJson, scheduleXml } from './machine/schedule.ts'
import type { SeminarDeps } from './reading.ts'
import { AgendaPage } from './views/agenda-page.tsx'
import { SeminarPage } from './views/seminar-page.tsx'
import { SeminarsPage, type SeminarChoice } from './views/seminars-page.tsx'

export type PageCall = Context<PageEnv>

const pageSize = 20

/** Every page of seminars, and what machines read of them. Paths come after the language. */
export function seminarRoutes(deps: SeminarDeps, pdf: PdfCompiler): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/seminars', async (c) => c.html(await seminarsPage(deps, c)))
    .get('/seminars/:slug/agenda', (c) => {
      return onSeminar(deps, c, '/agenda', async (seminar) => {
        const context = await c.var.credit(translatorsOf(seminar))
        const page = <AgendaPage context={context} seminar={seminar} pdfHref={`${seminar.href}/agenda.pdf`} />
        return c.html(renderPage(page))
      })
    })
    .get('/seminars/:slug/agenda.pdf', (c) => {
      return onSeminar(deps, c, '/agenda.pdf', async (seminar) => {
        const bytes = await agendaPdf(seminar, machine(c), pdf)
        return c.body(new Uint8Array(bytes), 200, { 'content-type': 'application/pdf' })
      })
    })
    .get('/seminars/:slug/schedule.xml', (c) => {
      return onSeminar(deps, c, '/schedule.xml', (seminar) => {
        return c.body(scheduleXml(seminar, machine(c)), 200, { 'content-type': 'application/xml; charset=utf-8' })
      })
    })
    .get('/seminars/:slug/schedule.json', (c) => {
      return onSeminar(deps, c, '/schedule.json', (seminar) => c.json(scheduleJson(seminar, machine(c))))
    })
    .get('/seminars/:file{.+\\.ics}', (c) => {
      const slug = c.req.param('file').slice(0, -'.ics'.length)
      return onSeminar(deps, c, '.ics', (seminar) => calendarAnswer(c, seminarCalendar(seminar, machine(c))), slug)
    })
    .get('/seminars/:slug', (c) => {
      return onSeminar(deps, c, '', async (seminar) => {
        const context = await c.var.credit(translatorsOf(seminar))
        const jsonLd = seminarJsonLd(seminar, context.hub.origin)
        return c.html(renderPage(<SeminarPage context={context} seminar={seminar} jsonLd={jsonLd} />))
      })
    })
}

/** Everybody whose translations a page of the whole seminar shows. */
const translatorsOf = ({ translators, sessions }: Seminar) => [
  ...translators,
  ...sessions.flatMap((session) => session.translators),
]

const machine = (c: PageCall) => {
  const { hub, lang, t } = c.var.page
  return { origin: hub.origin, hubName: hub.name.value, lang, t }
}

/** A calendar as programs fetch it. */
export function calendarAnswer(c: PageCall, calendar: string): Response {
  return c.body(calendar, 200, { 'content-type': 'text/calendar; charset=utf-8' })
}

/** Finds the seminar behind an address; an old address, or one of another language, leads to the proper one. */
async function onSeminar(
  deps: SeminarDeps,
  c: PageCall,
  suffix: string,
  answer: (seminar: Seminar) => Response | Promise<Response>,
  slug = c.req.param('slug') ?? '',
): Promise<Response> {
  const id = await findSeminarId(deps, c.var.reader, slug)
  const found = id === null ? null : await readSeminar(deps, c.var.reader, id)
  if (!found) throw new NotFoundError('seminar')
  const { seminar, validUntil } = found
  if (encodeURIComponent(slug) !== seminar.href.split('/').at(-1)) return c.redirect(seminar.href + suffix, 301)
  if (validUntil !== null) c.set('validUntil', validUntil)
  return answer(seminar)
}

/** A session behind its address, with its seminar: as `onSeminar`, for what is shown of one session. */
export async function onSession(
  deps: SeminarDeps,
  c: PageCall,
  suffix: string,
  answer: (found: { readonly seminar: Seminar; readonly session: Session }) => Promise<Response>,
): Promise<Response> {
  const number = c.req.param('number') ?? ''
  return onSeminar(deps, c, `/sessions/${encodeURIComponent(number)}${suffix}`, async (seminar) => {
    const session = seminar.sessions.find((one) => String(one.number) === number)
    if (!session) throw new NotFoundError('session')
    return answer({ seminar, session })
  })
}

async function seminarsPage(deps: SeminarDeps, c: PageCall): Promise<string> {
  const { reader, lang } = c.var
  const filter = await readFilter(deps, c)
  const page = readPageNumber(c.req.query('page'))
  const range = { upcoming: 100, past: pageSize, page }
  const found = await buildOutlined(deps.records, await outlineCalendar(deps, reader, filter.query, range))
  const pages = Math.max(1, Math.ceil(found.total / pageSize))
  if (page > pages) throw new NotFoundError('page')
  if (found.validUntil !== null) c.set('validUntil', found.validUntil)
  return renderPage(
    <SeminarsPage
      context={c.var.page}
      upcoming={found.upcoming}
      past={found.past}
      page={page}
      pages={pages}
      pageHref={(number) => withQuery(`/${lang}/seminars`, { ...filter.asked, page: number > 1 ? String(number) : '' })}
      series={filter.series}
      themes={filter.themes}
    />,
  )
}

/** A page number from a query: whole and positive, else there is no such page. */
function readPageNumber(asked: string | undefined): number {
  if (asked === undefined) return 1
  if (!/^[1-9]\d{0,5}$/.test(asked)) throw new NotFoundError('page')
  return Number(asked)
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  return search.size === 0 ? path : `${path}?${search}`
}

interface Filter {
  readonly query: SeminarQuery
  readonly asked: Readonly<Record<string, string>>
  readonly series: SeminarChoice[]
  readonly themes: SeminarChoice[]
}

async function readFilter(deps: SeminarDeps, c: PageCall): Promise<Filter> {
  const { reader, lang } = c.var
  const path = `/${lang}/seminars`
  const asked = { series: c.req.query('series') ?? '', theme: c.req.query('theme') ?? '' }
  const [allSeries, tagged, chosen] = await Promise.all([
    outlineSeriesChoices(deps, reader),
    outlineTags(deps, reader, conceptIdsOf(deps.records, 'seminar', reader)),
    asked.theme === '' ? null : findConceptId(deps, ...splitTheme(asked.theme)),
  ])
  const records = await loadOutlined(deps.records, [allSeries, tagged])
  const series = allSeries.build(records)
  const current = series.find((choice) => choice.slugs.includes(asked.series))
  if ((asked.series !== '' && !current) || (asked.theme !== '' && !chosen)) throw new NotFoundError('filter')
  const themes = [...tagged.build(records).values()].filter((tag) => tag.scheme === 'theme' || tag.id === chosen)
  return {
    query: { ...(current ? { series: current.id } : {}), ...(chosen ? { concept: chosen } : {}) },
    asked,
    series: series.map((choice) => ({
      label: choice.name,
      href: withQuery(path, { series: choice === current ? asked.series : choice.slug }),
      isCurrent: choice === current,
    })),
    themes: themes.map((tag) => ({
      label: tag.label,
      href: withQuery(path, { theme: tag.scheme === 'theme' ? tag.notation : `${tag.scheme}:${tag.notation}` }),
      isCurrent: tag.id === chosen,
    })),
  }
}

/** `policy-coherence` is a theme; `gcm:21` names its scheme. */
function splitTheme(asked: string): [string, string] {
  const [scheme, notation] = asked.split(':', 2)
  return notation === undefined ? ['theme', scheme ?? ''] : [scheme ?? '', notation]
}
