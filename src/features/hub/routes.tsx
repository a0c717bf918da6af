import { Hono, type Context } from 'hono'
import {
  findOrganisation,
  findPerson,
  findProgramme,
  listOrganisations,
  listPeople,
  listPeopleOf,
  listProgrammes,
  OrganisationPage,
  OrganisationsPage,
  PeoplePage,
  PersonPage,
  ProgrammePage,
  ProgrammesPage,
  type Found,
} from '#features/directory/index.ts'
import {
  AboutPage,
  HubTextPage,
  idsTiedTo,
  loadOutlined,
  textFor,
  translatorsFor,
  type LoadedRecord,
  type PageEnv,
} from '#features/records/index.ts'
import { listNewest, listNewestBy, outlineNewest } from '#features/library/index.ts'
import { readTaskLinks, TaskLinks } from '#features/search/index.ts'
import {
  calendarAnswer,
  HomePage,
  hubCalendar,
  listSeminars,
  listWholeSeminars,
  outlineCalendar,
  seminarDates,
  SeminarSection,
  type SeminarQuery,
  type SeminarSummary,
} from '#features/seminars/index.ts'
import { outlineMainSeries } from '#features/series/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { renderPage } from '#ui/index.ts'
import { outlineHubText, readHub } from './identity.ts'
import { themeRoutes } from './theme-routes.tsx'
import { outlineTopThemes } from './themes.ts'
import { LatestWorks, worksSection, type HubDeps } from './works.tsx'

type PageCall = Context<PageEnv>

/** The pages that draw on several features: home, the directory, themes and places, and what the hub says of itself. */
export function hubRoutes(deps: HubDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/', async (c) => c.html(await homePage(deps, c)))
    .get('/about', async (c) => c.html(await aboutPage(deps, c)))
    .get('/accessibility', async (c) => c.html(await hubTextPage(deps, c, 'accessibility')))
    .get('/privacy', async (c) => c.html(await hubTextPage(deps, c, 'privacy')))
    .get('/calendar.ics', async (c) => calendarAnswer(c, await calendar(deps, c)))
    .get('/programmes', async (c) => {
      const programmes = await listProgrammes(deps, c.var.reader)
      return c.html(renderPage(<ProgrammesPage context={c.var.page} programmes={programmes} />))
    })
    .get('/programmes/:slug', (c) => programmePage(deps, c, c.req.param('slug')))
    .get('/organisations', async (c) => {
      const organisations = await listOrganisations(deps, c.var.reader)
      return c.html(renderPage(<OrganisationsPage context={c.var.page} organisations={organisations} />))
    })
    .get('/organisations/:slug', (c) => organisationPage(deps, c, c.req.param('slug')))
    .get('/people', async (c) => {
      return c.html(renderPage(<PeoplePage context={c.var.page} people={await listPeople(deps, c.var.reader)} />))
    })
    .get('/people/:slug', (c) => personPage(deps, c, c.req.param('slug')))
    .route('/', themeRoutes(deps))
}

async function homePage(deps: HubDeps, c: PageCall): Promise<string> {
  const { reader } = c.var
  const [calendar, series, themes, latest, tasks] = await Promise.all([
    outlineCalendar(deps, reader, {}, { upcoming: 3, past: 4 }),
    outlineMainSeries(deps, [seminarDates(deps)], reader),
    outlineTopThemes(deps, reader),
    outlineNewest(deps, reader, 3),
    readTaskLinks(deps.search, reader),
  ])
  const purpose = outlineHubText(reader, 'purpose')
  const records = await loadOutlined(deps.records, [calendar, series, themes, latest, purpose])
  const { upcoming, past, validUntil } = calendar.build(records)
  if (validUntil !== null) c.set('validUntil', validUntil)
  return renderPage(
    <HomePage
      context={c.var.page}
      purpose={purpose.build(records)}
      next={upcoming}
      tasks={<TaskLinks tasks={tasks} context={c.var.page} />}
      latest={past}
      series={series.build(records)}
      themes={themes.build(records)}
      publications={<LatestWorks publications={latest.build(records)} context={c.var.page} />}
    />,
  )
}

async function aboutPage(deps: HubDeps, c: PageCall): Promise<string> {
  const hub = await readHub(deps.records)
  const text = (field: string) => hub && textFor(hub, field, c.var.reader)
  const context = await credit(c, hub, ['purpose', 'components', 'about'])
  const page = (
    <AboutPage context={context} purpose={text('purpose')} components={text('components')} about={text('about')} />
  )
  return renderPage(page)
}

async function hubTextPage(deps: HubDeps, c: PageCall, name: 'accessibility' | 'privacy'): Promise<string> {
  const hub = await readHub(deps.records)
  const context = await credit(c, hub, [name])
  return renderPage(<HubTextPage context={context} page={name} text={hub && textFor(hub, name, c.var.reader)} />)
}

/** The page with the names of those who translated some of the hub's own texts. */
async function credit(c: PageCall, hub: LoadedRecord | null, fields: readonly string[]) {
  return c.var.credit(hub ? translatorsFor(hub, c.var.reader, fields) : [])
}

/** Every seminar of the hub, up to 500: the newest and those to come. */
async function calendar(deps: HubDeps, c: PageCall): Promise<string> {
  const { hub, lang, t } = c.var.page
  const { items, validUntil } = await listWholeSeminars(deps, c.var.reader, { limit: 500 })
  if (validUntil !== null) c.set('validUntil', validUntil)
  return hubCalendar(items, { origin: hub.origin, hubName: hub.name.value, lang, t })
}

/** Answers with the page of what was found; an address of another language or of former days leads to the proper one. */
async function answer<T>(
  c: PageCall,
  slug: string,
  found: Found<T> | null,
  draw: (found: Found<T>) => Promise<string>,
): Promise<Response> {
  if (!found) throw new NotFoundError('record')
  if (encodeURIComponent(slug) !== found.href.split('/').at(-1)) return c.redirect(found.href, 301)
  return c.html(await draw(found))
}

/** Seminars for a page about something else. */
async function seminarsFor(deps: HubDeps, c: PageCall, query: SeminarQuery): Promise<readonly SeminarSummary[]> {
  const { items, validUntil } = await listSeminars(deps, c.var.reader, { ...query, limit: 50 })
  if (validUntil !== null) c.set('validUntil', validUntil)
  return items
}

async function programmePage(deps: HubDeps, c: PageCall, slug: string): Promise<Response> {
  return answer(c, slug, await findProgramme(deps, c.var.reader, slug), async ({ value, alternates, translators }) => {
    const seminars = await seminarsFor(deps, c, { programme: value.id })
    const works = await listNewest(deps, c.var.reader, idsTiedTo(deps.records, value.id))
    const context = await c.var.credit(translators)
    return renderPage(
      <ProgrammePage context={context} programme={value} alternates={alternates}>
        {seminars.length > 0 && (
          <SeminarSection title={context.t('programme.seminars')} seminars={seminars} context={context} />
        )}
        {worksSection({ title: context.t('programme.publications'), works, by: { programme: value.id }, context })}
      </ProgrammePage>,
    )
  })
}

async function organisationPage(deps: HubDeps, c: PageCall, slug: string): Promise<Response> {
  return answer(
    c,
    slug,
    await findOrganisation(deps, c.var.reader, slug),
    async ({ value, alternates, translators }) => {
      const seminars = await seminarsFor(deps, c, { organisation: value.id })
      const people = await listPeopleOf(deps, c.var.reader, value.id)
      const works = await listNewestBy(deps, c.var.reader, value.id)
      const context = await c.var.credit(translators)
      return renderPage(
        <OrganisationPage context={context} organisation={value} people={people} alternates={alternates}>
          {seminars.length > 0 && (
            <SeminarSection title={context.t('organisation.seminars')} seminars={seminars} context={context} />
          )}
          {worksSection({ title: context.t('organisation.publications'), works, by: { author: value.id }, context })}
        </OrganisationPage>,
      )
    },
  )
}

async function personPage(deps: HubDeps, c: PageCall, slug: string): Promise<Response> {
  return answer(c, slug, await findPerson(deps, c.var.reader, slug), async ({ value, alternates, translators }) => {
    const seminars = await seminarsFor(deps, c, { person: value.id })
    const works = await listNewestBy(deps, c.var.reader, value.id)
    const context = await c.var.credit(translators)
    return renderPage(
      <PersonPage context={context} person={value} alternates={alternates}>
        {seminars.length > 0 && (
          <SeminarSection title={context.t('person.sessions')} seminars={seminars} context={context} />
        )}
        {worksSection({ title: context.t('person.publications'), works, by: { author: value.id }, context })}
      </PersonPage>,
    )
  })
}
