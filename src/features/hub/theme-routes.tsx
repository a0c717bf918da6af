import { Hono, type Context } from 'hono'
import { listProgrammes, ProgrammeSection } from '#features/directory/index.ts'
import {
  idsWithConcept,
  idsWithPlace,
  listPlaceCodes,
  pickText,
  translatorsFor,
  type PageEnv,
  type Reader,
} from '#features/records/index.ts'
import { listNewest } from '#features/library/index.ts'
import { listSeminarCountries, listSeminars, SeminarSection } from '#features/seminars/index.ts'
import {
  numberOf,
  conceptHref,
  conceptJsonLd,
  ConceptPage,
  conceptTree,
  findMergedInto,
  listConcepts,
  listRegionsOf,
  listSchemes,
  PlacePage,
  PlacesPage,
  readConceptTags,
  readTagsByKey,
  schemeJsonLd,
  SchemePage,
  ThemesPage,
  type Concept,
  type ConceptView,
  type Scheme,
  type SchemeView,
} from '#features/taxonomy/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { isPlaceCode } from '#platform/i18n/index.ts'
import { renderPage } from '#ui/index.ts'
import { labelOf, toTag } from './themes.ts'
import { worksSection, type HubDeps } from './works.tsx'

type PageCall = Context<PageEnv>

/** Vocabularies, their terms, and places, each with what the hub has on it. */
export function themeRoutes(deps: HubDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/themes', async (c) => {
      const concepts = await listConcepts(deps, undefined, ['label'])
      const schemes = (await listSchemes(deps)).map((scheme) => toSchemeView(scheme, concepts, c.var.reader))
      return c.html(renderPage(<ThemesPage context={c.var.page} schemes={schemes} />))
    })
    .get('/themes/:scheme', async (c) => {
      const scheme = await requireScheme(deps, c.req.param('scheme'))
      const concepts = await listConcepts(deps, scheme.notation)
      const { page, reader } = c.var
      const jsonLd = schemeJsonLd(scheme, concepts, page.hub.origin, reader.chain)
      return c.html(
        renderPage(<SchemePage context={page} scheme={toSchemeView(scheme, concepts, reader)} jsonLd={jsonLd} />),
      )
    })
    .get('/themes/:scheme/:notation', async (c) => {
      return conceptPage(deps, c, c.req.param('scheme'), c.req.param('notation'))
    })
    .get('/places', async (c) => {
      const { reader, page } = c.var
      const held = await listSeminarCountries(deps, reader)
      const codes = new Set([...(await listPlaceCodes(deps.records, reader)), ...held])
      return c.html(renderPage(<PlacesPage context={page} codes={[...codes]} />))
    })
    .get('/places/:code', async (c) => c.html(await placePage(deps, c, c.req.param('code'))))
}

function toSchemeView(scheme: Scheme, concepts: readonly Concept[], reader: Reader): SchemeView {
  return {
    notation: scheme.notation,
    label: labelOf(scheme, reader),
    definition: pickText(scheme.texts['definition'], reader.chain),
    concepts: conceptTree(
      concepts.filter((concept) => concept.scheme === scheme.notation),
      (values) => pickText(values, reader.chain),
      (concept) => conceptHref(concept, reader.lang),
    ),
  }
}

async function requireScheme(deps: HubDeps, notation: string): Promise<Scheme> {
  const scheme = (await listSchemes(deps)).find((one) => one.notation === notation)
  if (!scheme) throw new NotFoundError('vocabulary')
  return scheme
}

async function conceptPage(deps: HubDeps, c: PageCall, scheme: string, notation: string): Promise<Response> {
  const { reader } = c.var
  const owner = await requireScheme(deps, scheme)
  const concepts = await listConcepts(deps, scheme)
  const concept = concepts.find((one) => one.notation === notation)
  if (!concept) return leadOn(deps, c, scheme, notation)
  const { items, validUntil } = await listSeminars(deps, reader, { concept: concept.id, limit: 50 })
  if (validUntil !== null) c.set('validUntil', validUntil)
  const programmes = await listProgrammes(deps, reader, idsWithConcept(deps.records, concept.id))
  const works = await listNewest(deps, reader, idsWithConcept(deps.records, concept.id))
  const page = await c.var.credit(translatorsFor(concept, reader))
  const view = await toConceptView(deps, reader, owner, concept, concepts)
  const html = renderPage(
    <ConceptPage context={page} concept={view} jsonLd={conceptJsonLd(concept, page.hub.origin, reader.chain)}>
      {items.length > 0 && <SeminarSection title={page.t('concept.seminars')} seminars={items} context={page} />}
      {programmes.length > 0 && (
        <ProgrammeSection title={page.t('concept.programmes')} programmes={programmes} context={page} />
      )}
      {worksSection({
        title: page.t('concept.publications'),
        works,
        by: { theme: scheme === 'theme' ? notation : `${scheme}:${notation}` },
        context: page,
      })}
    </ConceptPage>,
  )
  return c.html(html)
}

/** A term that was merged leads to the one that has taken its place. */
async function leadOn(deps: HubDeps, c: PageCall, scheme: string, notation: string): Promise<Response> {
  const id = await findMergedInto(deps, scheme, notation)
  const tag = id === null ? undefined : (await readConceptTags(deps, c.var.reader, [id])).get(id)
  if (!tag) throw new NotFoundError('term')
  return c.redirect(tag.href, 301)
}

async function toConceptView(
  deps: HubDeps,
  reader: Reader,
  scheme: Scheme,
  concept: Concept,
  siblings: readonly Concept[],
): Promise<ConceptView> {
  const named = (notations: readonly string[]) =>
    siblings.filter((one) => notations.includes(one.notation)).map((one) => toTag(one, reader))
  const alt = pickText(concept.texts['alt'], reader.chain)
  return {
    label: labelOf(concept, reader),
    number: numberOf(concept.notation),
    alt: alt && { ...alt, value: new Intl.ListFormat(alt.lang, { type: 'unit' }).format(alt.value.split('\n')) },
    definition: pickText(concept.texts['definition'], reader.chain),
    labels: concept.texts['label'] ?? [],
    scheme: { label: labelOf(scheme, reader), href: `/${reader.lang}/themes/${scheme.notation}` },
    broader: named(concept.broader),
    narrower: named(concept.narrower),
    related: await readTagsByKey(deps, reader, concept.related),
    exactMatch: concept.exactMatch,
  }
}

async function placePage(deps: HubDeps, c: PageCall, code: string): Promise<string> {
  const { reader, page } = c.var
  if (!isPlaceCode(code)) throw new NotFoundError('place')
  const { items, validUntil } = await listSeminars(deps, reader, { place: code, limit: 50 })
  if (validUntil !== null) c.set('validUntil', validUntil)
  const programmes = await listProgrammes(deps, reader, idsWithPlace(deps.records, code))
  const works = await listNewest(deps, reader, idsWithPlace(deps.records, code))
  const regions = /^\d/.test(code) ? await listRegionsOf(deps, reader, code) : []
  return renderPage(
    <PlacePage context={page} code={code} regions={regions}>
      {items.length > 0 && <SeminarSection title={page.t('place.seminars')} seminars={items} context={page} />}
      {programmes.length > 0 && (
        <ProgrammeSection title={page.t('place.programmes')} programmes={programmes} context={page} />
      )}
      {worksSection({ title: page.t('place.publications'), works, by: { place: code }, context: page })}
    </PlacePage>,
  )
}
