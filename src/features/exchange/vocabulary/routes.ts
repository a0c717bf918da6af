import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { skosJsonLd, skosTurtle, type Concept, type Scheme } from '#features/taxonomy/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { negotiateLanguage } from '#platform/i18n/index.ts'
import { openToAll } from '../api/routes.tsx'

export interface VocabularyDeps {
  readonly origin: string
  readonly languages: readonly [string, ...string[]]
  readonly listSchemes: () => Promise<readonly Scheme[]>
  readonly listConcepts: (scheme: string) => Promise<readonly Concept[]>
}

const turtle = 'text/turtle'
const jsonLd = 'application/ld+json'

/**
 * Vocabularies as SKOS: `/{scheme}.ttl`, `/{scheme}.jsonld`, and `/{scheme}` itself, which leads to one of them or to the page, by what the
 * asker accepts. It leads on by 303, so every address has one representation and can be kept.
 */
export function vocabularyRoutes(deps: VocabularyDeps): Hono {
  const vocabularies = new Hono()
  vocabularies.use('*', openToAll)
  vocabularies.get('/:file', async (c) => {
    const [, name = '', format] = /^(.*?)(\.ttl|\.jsonld)?$/.exec(c.req.param('file')) ?? []
    const scheme = (await deps.listSchemes()).find((one) => one.notation === name)
    if (!scheme) throw new NotFoundError('vocabulary')
    if (format === '.ttl') {
      const text = skosTurtle(scheme, await deps.listConcepts(name), deps.origin)
      return c.body(text, 200, { 'content-type': `${turtle}; charset=utf-8` })
    }
    if (format === '.jsonld') {
      const graph = skosJsonLd(scheme, await deps.listConcepts(name), deps.origin)
      return c.body(JSON.stringify(graph), 200, { 'content-type': jsonLd })
    }
    const wanted = accepts(c, {
      header: 'Accept',
      supports: ['text/html', turtle, jsonLd, 'application/json'],
      default: 'text/html',
    })
    const lang = negotiateLanguage(c.req.header('accept-language'), deps.languages)
    c.header('vary', 'Accept, Accept-Language', { append: true })
    c.header('cache-control', 'private, no-cache')
    return c.redirect(leadsTo(wanted, encodeURIComponent(name), lang), 303)
  })
  return vocabularies
}

function leadsTo(type: string, name: string, lang: string): string {
  if (type === turtle) return `/vocabularies/${name}.ttl`
  return type === 'text/html' ? `/${lang}/themes/${name}` : `/vocabularies/${name}.jsonld`
}
