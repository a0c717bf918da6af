import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { numberOf, readSent, valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { makeId } from '#platform/ids.ts'
import { renderPage, to } from '#ui/index.ts'
import { requireEditor, type SearchCall } from '../desk-calls.ts'
import type { SearchDeskDeps } from '../desk-deps.ts'
import { changeList, listChanges, readListVersion } from '../store-lists.ts'
import { TaskPage } from '../views/task-page.tsx'
import { TasksPage } from '../views/tasks-page.tsx'
import { most, moveTask, putTask, writeTask, type Task } from './domain.ts'
import { readTaskForm } from './forms.ts'
import { listTasks, replaceTasks } from './store.ts'

/** Changes that the page tells of. */
const CHANGES = 20

const one = '/desk/search/tasks/:id{new|tsk_[0-9a-z]+}'

/** The tasks that the first page offers to start from. Paths come after the language. */
export function taskRoutes(deps: SearchDeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/desk/search/tasks', async (c) => c.html(await listPage(deps, c)))
    .post('/desk/search/tasks', async (c) => move(deps, c))
    .get(one, async (c) => {
      const { task, version } = await readOne(deps, c.req.param('id'))
      return c.html(drawTask(deps, c, { task, values: { ...valuesOf(c, task), version: [String(version)] } }))
    })
    .post(one, async (c) => save(deps, c, c.req.param('id')))
}

async function listPage(deps: SearchDeskDeps, c: SearchCall): Promise<string> {
  const search = deps.db.$pickTables()
  const [tasks, changes] = await Promise.all([listTasks(search), listChanges(search, 'tasks', CHANGES)])
  const actors = await deps.nameActors([...new Set(changes.map(({ actor }) => actor))])
  const done = c.req.query('done')
  return renderPage(
    <TasksPage
      context={c.var.page}
      reader={c.var.reader}
      tasks={tasks}
      languages={deps.languages}
      isDone={done === 'saved'}
      changes={changes}
      actors={actors}
    />,
  )
}

/** Changes the list by what it is now; null: that cannot be done with it. */
async function change(
  deps: SearchDeskDeps,
  actor: string,
  base: number | null,
  turn: Turn,
): Promise<'saved' | 'same' | 'conflict' | 'impossible'> {
  const judged = { isPossible: true }
  const outcome = await changeList(
    deps.db,
    { list: 'tasks', base, at: deps.now(), actor },
    async (tx) => (await listTasks(tx)).map(writeTask),
    async (tx) => {
      const turned = turn(await listTasks(tx))
      judged.isPossible = turned !== null
      if (turned) await replaceTasks(tx, turned)
    },
  )
  if (outcome === 'saved') deps.changed()
  return judged.isPossible ? outcome : 'impossible'
}

async function move(deps: SearchDeskDeps, c: SearchCall): Promise<Response> {
  const actor = requireEditor(c)
  const { values } = await readSent(c.req.raw)
  const [, step, id = ''] = /^(up|down):(tsk_[0-9a-z]+)$/.exec(valueOf(values, 'move')) ?? []
  const outcome = await change(deps, actor.id, null, (tasks) => moveTask(tasks, id, step === 'up' ? 'up' : 'down'))
  if (outcome === 'impossible') throw new InvalidInputError('move', 'is no step that a task can take')
  return toList(c)
}

const toList = (c: SearchCall) => c.redirect(`${to(c.var.page, 'desk/search/tasks')}?done=saved`, 303)

interface One {
  /** Null: a new one. */
  readonly task: Task | null
  readonly version: number
}

async function readOne(deps: SearchDeskDeps, id: string): Promise<One> {
  const search = deps.db.$pickTables()
  const [tasks, version] = await Promise.all([listTasks(search), readListVersion(search, 'tasks')])
  const task = tasks.find((known) => known.id === id) ?? null
  if (task === null && id !== 'new') throw new NotFoundError('task')
  return { task, version }
}

function valuesOf(c: SearchCall, task: Task | null): FieldValues {
  if (task === null) return {}
  const texts = task.texts.flatMap(({ lang, label, words }): [string, string[]][] => [
    [`label.${lang}`, [label]],
    [`words.${lang}`, [words]],
  ])
  return { search: [`${to(c.var.page, 'search')}?${task.query}`], ...Object.fromEntries(texts) }
}

interface Drawn {
  readonly task: Task | null
  readonly values: FieldValues
  readonly problems?: readonly FieldProblem[]
  /** Somebody else changed the list since the form was drawn. */
  readonly isConflict?: boolean
}

function drawTask(
  deps: SearchDeskDeps,
  c: SearchCall,
  { task, values, problems = [], isConflict = false }: Drawn,
): string {
  const form = { values, problems, context: c.var.page, isSent: c.req.method === 'POST' }
  return renderPage(<TaskPage form={form} task={task} languages={deps.languages} isConflict={isConflict} />)
}

/** Saves a task, or takes it out. One that somebody else has taken out meanwhile comes back when it is saved. */
async function save(deps: SearchDeskDeps, c: SearchCall, id: string): Promise<Response> {
  const actor = requireEditor(c)
  const { values } = await readSent(c.req.raw)
  // Whoever adds one overwrites nothing.
  const base = id === 'new' ? null : numberOf(values, 'version')
  const task = (await listTasks(deps.db.$pickTables())).find((known) => known.id === id) ?? null
  const turn = valueOf(values, 'do') === 'remove' ? without(id) : await readTurn(deps, c, { id, task, values })
  if (typeof turn !== 'function') return c.html(drawTask(deps, c, { task, values, problems: turn }), 422)
  const outcome = await change(deps, actor.id, base, turn)
  if (outcome === 'impossible') {
    const problems = [{ field: '', message: 'search.tasks.problem.full' } as const]
    return c.html(drawTask(deps, c, { task, values, problems }), 422)
  }
  if (outcome !== 'conflict') return toList(c)
  const now = await readListVersion(deps.db.$pickTables(), 'tasks')
  return c.html(drawTask(deps, c, { task, values: { ...values, version: [String(now)] }, isConflict: true }), 409)
}

type Turn = (tasks: readonly Task[]) => readonly Task[] | null

const without =
  (id: string): Turn =>
  (tasks) =>
    tasks.filter((task) => task.id !== id)

/** What a form does to the list, or what is wrong with it. */
async function readTurn(
  deps: SearchDeskDeps,
  c: SearchCall,
  { id, task, values }: { readonly id: string; readonly task: Task | null; readonly values: FieldValues },
): Promise<Turn | readonly FieldProblem[]> {
  const { facets, languages, now } = deps
  const read = await readTaskForm(facets, c.var.reader, values, { languages, kept: task?.texts ?? [] })
  if (!read.ok) return read.problems
  const made = { ...read.value, id: id === 'new' ? makeId('tsk', now()) : id }
  return (tasks) => {
    const turned = putTask(tasks, made)
    return turned.length > most.tasks ? null : turned
  }
}
