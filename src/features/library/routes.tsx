import { Hono, type Context } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { renderPage } from '#ui/index.ts'
import type { Publication } from './domain.ts'
import { findPublicationId, readPublication, type LibraryDeps } from './reading.ts'
import { PublicationPage } from './views/publication-page.tsx'

type PageCall = Context<PageEnv>

/** Every page of the library. Paths come after the language. */
export function libraryRoutes(deps: LibraryDeps): Hono<PageEnv> {
  return new Hono<PageEnv>().get('/library/:slug', (c) => {
    return onPublication(deps, c, '', async (publication) => {
      const context = await c.var.credit(publication.translators)
      return c.html(renderPage(<PublicationPage context={context} publication={publication} />))
    })
  })
}

/** Finds the publication behind an address; an old address, or one of another language, leads to the proper one. */
async function onPublication(
  deps: LibraryDeps,
  c: PageCall,
  suffix: string,
  answer: (publication: Publication) => Response | Promise<Response>,
  slug = c.req.param('slug') ?? '',
): Promise<Response> {
  const id = await findPublicationId(deps, c.var.reader, slug)
  const publication = id === null ? null : await readPublication(deps, c.var.reader, id)
  if (!publication) throw new NotFoundError('publication')
  if (encodeURIComponent(slug) !== publication.href.split('/').at(-1)) {
    return c.redirect(publication.href + suffix, 301)
  }
  return answer(publication)
}
