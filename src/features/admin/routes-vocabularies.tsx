import { Hono, type Context } from 'hono'
import { pickText, type PageEnv } from '#features/records/index.ts'
import { listTermsThere, MOST_SKOS_BYTES, type ConceptThere } from '#features/taxonomy/index.ts'
import { InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { readForm, readSent, valueOf, type FieldProblem } from '#platform/forms.ts'
import { freshForm, renderPage, to, type FormState } from '#ui/index.ts'
import { importVocabulary, mergeTerms, reorder, type VocabularyImport } from './actions-vocabularies.ts'
import type { AdminDeps } from './deps.ts'
import { MergeForm, OrderForm } from './forms.ts'
import { handlesOf } from './handles.ts'
import { canEditVocabularies } from './policy.ts'
import { actorOf, doneOf, onlyFor } from './requests.ts'
import { MergePage } from './views/merge-page.tsx'
import { VocabulariesPage, VocabularyPage } from './views/vocabulary-pages.tsx'
import { VocabularyImportPage } from './views/vocabulary-import-page.tsx'

type PageCall = Context<PageEnv>

/** Vocabularies: their order, merging terms, and SKOS files. Words and facts of a term are edited at the desk. */
export function vocabularyRoutes(deps: AdminDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('/vocabularies/*', onlyFor(canEditVocabularies))
    .get('/vocabularies', async (c) => c.html(await listPage(deps, c)))
    .post('/vocabularies', async (c) => order(deps, c, '/vocabularies'))
    .get('/vocabularies/import', (c) => c.html(importPage(freshForm(c.var.page, {}), null)))
    .post('/vocabularies/import', async (c) => importFile(deps, c))
    .get('/vocabularies/merge/:id', async (c) => {
      return c.html(await mergePage(deps, c, c.req.param('id'), freshForm(c.var.page, {})))
    })
    .post('/vocabularies/merge/:id', async (c) => merge(deps, c, c.req.param('id')))
    .get('/vocabularies/:scheme', async (c) => c.html(await termsPage(deps, c, c.req.param('scheme'))))
    .post('/vocabularies/:scheme', async (c) => order(deps, c, `/vocabularies/${c.req.param('scheme')}`))
}

async function listPage(deps: AdminDeps, c: PageCall): Promise<string> {
  const there = await listTermsThere(handlesOf(deps.db))
  const { reader, page } = c.var
  const schemes = there.schemes.map((scheme) => ({
    ...scheme,
    label: pickText(scheme.texts['label'], reader.chain),
    count: there.concepts.filter((one) => one.scheme === scheme.notation && one.mergedInto === null).length,
  }))
  return renderPage(<VocabulariesPage context={page} schemes={schemes} done={doneOf(c)} />)
}

async function termsPage(deps: AdminDeps, c: PageCall, notation: string): Promise<string> {
  const { schemes, concepts } = await listTermsThere(handlesOf(deps.db), notation)
  const scheme = schemes.find((one) => one.notation === notation)
  if (!scheme) throw new NotFoundError('vocabulary')
  const { reader, page } = c.var
  const name = ({ texts }: { texts: ConceptThere['texts'] }) => pickText(texts['label'], reader.chain)
  return renderPage(
    <VocabularyPage
      context={page}
      scheme={scheme}
      title={name(scheme)}
      concepts={concepts}
      nameOf={name}
      done={doneOf(c)}
    />,
  )
}

async function order(deps: AdminDeps, c: PageCall, path: string): Promise<Response> {
  const form = await readForm(c.req.raw, OrderForm)
  if (!form.ok || !(await reorder(deps, actorOf(c), form.value.move.id, form.value.move.step))) {
    throw new InvalidInputError('move', 'is no step that a term can take')
  }
  return c.redirect(`${to(c.var.page, `admin${path}`)}?done=saved`, 303)
}

async function mergePage(deps: AdminDeps, c: PageCall, id: string, form: FormState): Promise<string> {
  const { concepts } = await listTermsThere(handlesOf(deps.db))
  const from = concepts.find((one) => one.id === id)
  if (!from || from.mergedInto !== null) throw new NotFoundError('term')
  const others = concepts.filter(
    (one) => one.scheme === from.scheme && one.id !== id && one.mergedInto === null && one.status !== 'withdrawn',
  )
  const name = ({ texts, notation }: ConceptThere) => pickText(texts['label'], c.var.reader.chain)?.value ?? notation
  const choices = others.map((one) => ({ value: one.id, label: `${name(one)} (${one.notation})` }))
  return renderPage(<MergePage form={form} scheme={from.scheme} name={name(from)} choices={choices} />)
}

async function merge(deps: AdminDeps, c: PageCall, id: string): Promise<Response> {
  const form = await readForm(c.req.raw, MergeForm)
  const again = async (problems: readonly FieldProblem[]) => {
    return c.html(await mergePage(deps, c, id, { values: form.values, problems, context: c.var.page }), 422)
  }
  if (!form.ok) return again(form.problems)
  const merged = await mergeTerms(deps, actorOf(c), id, form.value.into)
  if (!merged.ok) return again([{ field: 'into', message: `admin.merge.problem.${merged.problem}` }])
  return c.redirect(`${to(c.var.page, 'admin/vocabularies')}?done=merged`, 303)
}

function importPage(
  form: FormState,
  result: VocabularyImport | null,
  fault: { line: number | null; why: string } | null = null,
) {
  return renderPage(<VocabularyImportPage form={form} result={result} fault={fault} mostBytes={MOST_SKOS_BYTES} />)
}

async function importFile(deps: AdminDeps, c: PageCall): Promise<Response> {
  const { values, files } = await readSent(c.req.raw)
  const form = { values, problems: [], context: c.var.page }
  const refuse = (message: FieldProblem['message'], fault: { line: number | null; why: string } | null = null) =>
    c.html(importPage({ ...form, problems: [{ field: 'file', message }] }, null, fault), 422)
  const file = files['file']?.[0]
  if (!file || file.size === 0) return refuse('form.required')
  if (file.size > MOST_SKOS_BYTES) return refuse('admin.import.tooLarge')
  const dryRun = valueOf(values, 'do') !== 'import'
  const choice = { dryRun, publish: valueOf(values, 'publish') !== '' }
  const result = await importVocabulary(deps, actorOf(c), await file.bytes(), choice)
  if (!result.ok) return refuse('admin.skos.unreadable', result)
  if (result.done) return c.redirect(`${to(c.var.page, 'admin/vocabularies')}?done=imported`, 303)
  return c.html(importPage(form, result), result.plan.problems.length > 0 && !dryRun ? 422 : 200)
}
