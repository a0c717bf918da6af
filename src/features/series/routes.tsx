import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { renderPage } from '#ui/index.ts'
import { findSeries, type SeriesDeps } from './actions.ts'
import type { EntrySource } from './domain.ts'
import { SeriesPage } from './views/series-page.tsx'

/** The page of a series. What its entries show comes from whoever keeps them. */
export function seriesRoutes(deps: SeriesDeps, sources: readonly EntrySource[]): Hono<PageEnv> {
  return new Hono<PageEnv>().get('/series/:slug', async (c) => {
    const slug = c.req.param('slug')
    const series = await findSeries(deps, sources, c.var.reader, slug)
    if (!series) throw new NotFoundError('series')
    if (encodeURIComponent(slug) !== series.href.split('/').at(-1)) return c.redirect(series.href, 301)
    const context = await c.var.credit(series.translators)
    return c.html(renderPage(<SeriesPage context={context} series={series} />))
  })
}
