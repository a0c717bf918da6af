import type { Actor } from '#features/accounts/index.ts'
import { loadRecords, lockRecord, kindOf, readStoredTexts, saveText, type StoredText } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { cleanText } from '#platform/text/index.ts'
import { standingOf } from '../actions.ts'
import type { TranslationDeps } from '../deps.ts'
import { canAskMachine } from '../policy.ts'
import { endRequest, listWaiting, putRequest, type Waiting } from '../store-requests.ts'
import { MachineError, type Machine } from './client.ts'
import { keepsForm, readsAsOther } from './form.ts'

/** Who stands in the history of a text that a machine made. */
const machineActor = 'machine'

/** Notes that somebody wants a machine to try a record; it does so in the background. */
export async function askMachine(
  deps: TranslationDeps,
  actor: Actor | null,
  recordId: string,
  lang: string,
): Promise<void> {
  if (!deps.hasMachine || !canAskMachine(actor, lang)) throw new NotFoundError('page')
  await putRequest(deps.translation, { recordId, lang, askedBy: actor.id, askedAt: deps.now() })
}

/** Does what has been asked for, the oldest first; a fault of the machine is told to whoever asked, and ends that record. */
export async function translateWaiting(deps: TranslationDeps, machine: Machine, signal: AbortSignal): Promise<number> {
  const waiting = await listWaiting(deps.translation, 20)
  for (const request of waiting) {
    if (signal.aborted) break
    let made = 0
    try {
      made = await translateRecord(deps, machine, request, signal)
      await endRequest(deps.translation, request, { at: deps.now(), made, problem: null })
    } catch (error) {
      if (!(error instanceof MachineError)) throw error
      // Cut off by the hub's own stop, it is done again after the next start.
      if (signal.aborted) break
      const problem = error.detail === '' ? error.fault : `${error.fault} ${error.detail}`
      await endRequest(deps.translation, request, { at: deps.now(), made: null, problem })
    }
  }
  if (waiting.length > 0) deps.changed()
  return waiting.length
}

/** Longer texts are for people. */
const longest = 30_000

async function translateRecord(
  deps: TranslationDeps,
  machine: Machine,
  { recordId, lang }: Waiting,
  signal: AbortSignal,
): Promise<number> {
  const record = (await loadRecords(deps.records, [recordId], [])).get(recordId)
  if (!record || record.status === 'withdrawn') return 0
  const texts = await readStoredTexts(deps.records, [recordId], lang)
  let made = 0
  for (const { name: field, markdown } of kindOf(record.kind).fields) {
    const { source, text } = standingOf(texts, field, lang)
    if (!source || source.lang === lang || source.body.trim() === '' || !isForMachine(source, text)) continue
    if (source.body.length > longest) throw new MachineError('long')
    const body = check(await machine(source.body, source.lang, lang, signal), source.body, lang, markdown)
    if (await keep(deps, recordId, { field, lang, body, sourceHash: source.sourceHash })) made += 1
  }
  return made
}

/** A machine writes where there is nothing, or over an older text of its own. */
function isForMachine(source: StoredText, text: StoredText | null): boolean {
  return text === null || (text.state === 'machine' && text.sourceHash !== source.sourceHash)
}

/** What a machine answered, if it can be a translation of this source at all. */
function check(answer: string, source: string, lang: string, markdown: boolean): string {
  const body = cleanText(answer).trim()
  const isOff = body.length > source.length * 5 + 200 || body.length * 10 < source.trim().length
  if (body === '' || isOff) throw new MachineError('garbage')
  if (markdown && !keepsForm(source, body)) throw new MachineError('form')
  if (readsAsOther(body, lang)) throw new MachineError('language')
  return body
}

interface Made {
  readonly field: string
  readonly lang: string
  readonly body: string
  readonly sourceHash: string
}

/** Keeps what a machine made, unless somebody wrote meanwhile. */
async function keep(deps: TranslationDeps, recordId: string, made: Made): Promise<boolean> {
  return deps.records.transaction().execute(async (tx) => {
    if (!(await lockRecord(tx, recordId))) return false
    const { source, text } = standingOf(await readStoredTexts(tx, [recordId], made.lang), made.field, made.lang)
    if (source?.sourceHash !== made.sourceHash || !isForMachine(source, text)) return false
    return saveText(tx, recordId, { ...made, state: 'machine' }, { actor: machineActor, at: deps.now() })
  })
}
