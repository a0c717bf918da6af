import { Hono, type Context } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { renderPage } from '#ui/index.ts'
import { readFilters } from './browse/filters.ts'
import { createLibraryIndex, type LibraryIndex } from './browse/keep-index.ts'
import { listLibrary } from './browse/list.ts'
import type { Publication, PublicationType } from './domain.ts'
import { findPublicationId, readPublication, readShelf, type LibraryDeps, type Shelf } from './reading.ts'
import { openText } from './text/open-text.ts'
import { LibraryPage } from './views/library-page.tsx'
import { PublicationPage } from './views/publication-page.tsx'
import { ReadPage } from './views/read-page.tsx'
import { listWorks } from './works.ts'

type PageCall = Context<PageEnv>

/** Every page of the library. Paths come after the language. */
export function libraryRoutes(deps: LibraryDeps): Hono<PageEnv> {
  const index = createLibraryIndex(deps)
  return new Hono<PageEnv>()
    .get('/library', async (c) => c.html(await libraryPage(deps, index, c)))
    .get('/library/:slug', (c) => {
      return onPublication(deps, c, '', async (publication, shelf) => {
        const context = await c.var.credit(publication.translators)
        const [work] = await listWorks(deps, c.var.reader, [publication.id], shelf)
        return c.html(renderPage(<PublicationPage context={context} publication={publication} work={work} />))
      })
    })
    .get('/library/:slug/read/:textLang', (c) => {
      const { search } = new URL(c.req.url)
      const lang = c.req.param('textLang')
      return onPublication(deps, c, `/read/${encodeURIComponent(lang)}${search}`, (publication) =>
        readPage(deps, c, publication, lang),
      )
    })
}

async function readPage(deps: LibraryDeps, c: PageCall, publication: Publication, lang: string): Promise<Response> {
  const [page, part] = [readPageNumber(c.req.queries('page')), readPageNumber(c.req.queries('part'))]
  const asked = { edition: readOnce(c.req.queries('edition')), file: readOnce(c.req.queries('file')) }
  const opened = await openText(deps, publication, lang, { ...asked, page, part })
  const { file } = opened
  const isWaiting = opened.page === null && file.document?.state !== 'failed' && file.document?.state !== 'read'
  // Nothing moves the hub version while a file is being read.
  if (isWaiting) c.header('cache-control', 'private, no-store')
  return c.html(renderPage(<ReadPage context={c.var.page} publication={publication} {...opened} />))
}

async function libraryPage(deps: LibraryDeps, index: LibraryIndex, c: PageCall): Promise<string> {
  const { reader, page: context } = c.var
  const query = (name: string) => c.req.queries(name) ?? []
  const filters = await readFilters(deps, reader, query)
  const sort = readSort(query('sort'))
  const page = readPageNumber(query('page'))
  const sayType = (type: PublicationType) => context.t(`publicationType.${type}`)
  const list = await listLibrary(deps, index, reader, { filters, sort, page, sayType })
  const asked = Object.fromEntries(filters.map((filter) => [filter.name, filter.asked]))
  return renderPage(<LibraryPage context={context} list={list} sort={sort} page={page} asked={asked} />)
}

function readSort([asked = 'date', ...more]: readonly string[]): 'date' | 'title' {
  if (more.length > 0 || (asked !== 'date' && asked !== 'title')) throw new NotFoundError('sort')
  return asked
}

/** What a query says at most once. */
function readOnce([asked, ...more]: readonly string[] = []): string | undefined {
  if (more.length > 0) throw new NotFoundError('page')
  return asked
}

/** A page number from a query: whole and positive, else there is no such page. */
function readPageNumber([asked = '1', ...more]: readonly string[] = []): number {
  if (more.length > 0 || !/^[1-9]\d{0,5}$/.test(asked)) throw new NotFoundError('page')
  return Number(asked)
}

/** Finds the publication behind an address; an old address, or one of another language, leads to the proper one. */
async function onPublication(
  deps: LibraryDeps,
  c: PageCall,
  suffix: string,
  answer: (publication: Publication, shelf: Shelf) => Response | Promise<Response>,
  slug = c.req.param('slug') ?? '',
): Promise<Response> {
  const id = await findPublicationId(deps, c.var.reader, slug)
  if (id === null) throw new NotFoundError('publication')
  const shelf = await readShelf(deps, [id])
  const publication = await readPublication(deps, c.var.reader, id, shelf)
  if (!publication) throw new NotFoundError('publication')
  if (encodeURIComponent(slug) !== publication.href.split('/').at(-1)) {
    return c.redirect(publication.href + suffix, 301)
  }
  return answer(publication, shelf)
}
