import { Hono } from 'hono'
import { z } from 'zod'
import type { PageEnv } from '#features/records/index.ts'
import { InvalidInputError } from '#platform/errors.ts'
import { readForm } from '#platform/forms.ts'
import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { renderPage, to } from '#ui/index.ts'
import { requireEditor, type SearchCall } from '../desk-calls.ts'
import type { SearchDeskDeps } from '../desk-deps.ts'
import { QuestionsPage } from '../views/questions-page.tsx'
import type { SentNote } from '../views/wanted-list.tsx'
import { keepWords, wantedThings } from './domain.ts'
import { addWanted, endWanted, listVain, listWanted, noteWanted, putAway } from './store.ts'

/** What a button of the page does: with words that were asked for, or with what is wanted. */
const Deed = z.discriminatedUnion('do', [
  z.object({
    do: z.enum([...wantedThings, 'away']),
    lang: z.string().refine((tag) => canonicalLanguageTag(tag) === tag),
    words: z.string().refine((words) => keepWords(words) === words),
  }),
  z.object({
    do: z.enum(['note', 'end']),
    id: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
    note: z.record(z.string(), z.string().trim().max(500, { error: 'form.tooLong' })).default({}),
  }),
])
type Deed = z.infer<typeof Deed>

/** What the page says was done. */
const doneWith = [...wantedThings, 'away', 'note', 'end'] as const

const address = '/desk/search/questions'

/** What readers look for in vain, and what may be done about it. Paths come after the language. */
export function questionRoutes(deps: SearchDeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get(address, async (c) => c.html(await questionsPage(deps, c)))
    .post(address, async (c) => {
      const actor = requireEditor(c)
      const form = await readForm(c.req.raw, Deed)
      if (form.ok) {
        await act(deps, actor.id, form.value)
        return c.redirect(`${to(c.var.page, 'desk/search/questions')}?done=${form.value.do}`, 303)
      }
      const [problem] = form.problems
      if (!problem?.field.startsWith('note.')) throw new InvalidInputError('form', 'is none that this page has')
      return c.html(await questionsPage(deps, c, form), 422)
    })
}

async function act({ db, now }: SearchDeskDeps, actor: string, deed: Deed): Promise<void> {
  const search = db.$pickTables()
  if ('id' in deed) {
    const { id, note } = deed
    return deed.do === 'end' ? endWanted(search, id) : noteWanted(search, id, note[`w${id}`] ?? '')
  }
  const { lang, words } = deed
  const at = now()
  if (deed.do !== 'away') await addWanted(search, { what: deed.do, lang, words, at, actor })
  return putAway(search, { lang, words }, at.slice(0, 10))
}

async function questionsPage(deps: SearchDeskDeps, c: SearchCall, sent: SentNote | null = null): Promise<string> {
  const search = deps.db.$pickTables()
  const [empty, unopened, wanted] = await Promise.all([
    listVain(search, 'empty'),
    listVain(search, 'unopened'),
    listWanted(search),
  ])
  const actors = await deps.nameActors([...new Set(wanted.map(({ actor }) => actor))])
  const done = doneWith.find((deed) => deed === c.req.query('done')) ?? null
  return renderPage(
    <QuestionsPage context={c.var.page} {...{ empty, unopened, wanted, actors, sent }} done={sent ? null : done} />,
  )
}
