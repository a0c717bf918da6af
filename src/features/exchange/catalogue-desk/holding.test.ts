import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openHub, sayIn, type SignedIn, type TestHub } from '#testing/hub.ts'
import { runImports } from './run.ts'

const address = '/en/desk/import/publications'
const t = sayIn('en')
const start = Date.parse('2026-11-24T09:00:00.000Z')

/** A clock that only goes when it is told to. */
function aClock() {
  let minutes = 0
  return {
    now: () => new Date(start + minutes * 60_000).toISOString(),
    go: (count: number) => {
      minutes += count
    },
  }
}

async function send(browser: SignedIn, content: string): Promise<string> {
  const form = new FormData()
  form.set('file', new File([content], 'works.csv'))
  return (await browser.post(address, form)).headers.get('location') ?? ''
}

const read = async (browser: SignedIn, path: string) => (await browser.get(path)).text()

const stateOf = async (hub: TestHub) =>
  hub.kysely.selectFrom('catalogue_import').select(['state', 'held_until as until']).executeTakeFirstOrThrow()

type Stop = () => Promise<void>

/** A worker whose file comes slowly: `meanwhile` is done when half of it has been read. */
function aWorker(hub: TestHub, clock: ReturnType<typeof aClock>, meanwhile: Stop = async () => undefined, beat = 10) {
  const open = async (sha256: string) => {
    const content = await hub.files.open(sha256)
    return content && toStream(slowly(content, meanwhile))
  }
  return async () => runImports({ db: hub.kysely, store: { open }, now: clock.now, origin: hub.origin, beat })
}

const toStream = (pieces: AsyncGenerator<Uint8Array>) =>
  new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })

async function* slowly(content: AsyncIterable<Uint8Array>, meanwhile: Stop): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    yield chunk.subarray(0, 10)
    await meanwhile()
    yield chunk.subarray(10)
  }
}

const aTable = `title\n${Array.from({ length: 20 }, (_, index) => `Work ${index}`).join('\n')}\n`

test('whoever reads a file for long keeps it: no other takes it from a worker that says it goes on', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const clock = aClock()
  const place = await send(editor, aTable)
  let taken = -1
  const first = aWorker(hub, clock, async () => {
    for (let minute = 0; minute < 5; minute += 1) {
      // Read first: the sign of life may come before the next line does.
      const { until } = await stateOf(hub)
      clock.go(1)
      await expect.poll(async () => (await stateOf(hub)).until, { timeout: 20_000 }).not.toEqual(until)
    }
    taken = await aWorker(hub, clock)()
  })
  expect(await first()).toBe(1)
  expect(taken).toBe(0)
  expect(await read(editor, place)).toContain(t('import.compared', { count: 20 }))
})

test('a worker that was thought gone changes nothing of what another has done since', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const clock = aClock()
  const place = await send(editor, aTable)
  const silent = aWorker(
    hub,
    clock,
    async () => {
      clock.go(3)
      expect(await aWorker(hub, clock)()).toBe(1)
      await editor.post(place, { do: 'all' })
      expect(await aWorker(hub, clock)()).toBe(1)
    },
    600_000,
  )
  await expect(silent()).rejects.toThrow('Another worker has taken the import')
  expect((await stateOf(hub)).state).toBe('done')
  expect(await read(editor, place)).toContain(t('import.done', { count: 20, rows: 20 }))
})

/** Ends the processes that read catalogues as a restart, or a system short of memory, ends them. */
function endReaders(signal: 'SIGTERM' | 'SIGKILL'): void {
  for (const thread of readdirSync('/proc/self/task')) {
    const children = readFileSync(`/proc/self/task/${thread}/children`, 'utf8').trim().split(' ')
    for (const child of children.filter((pid) => pid !== '')) {
      if (readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('catalogue-process')) {
        process.kill(Number(child), signal)
      }
    }
  }
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'a file whose reading somebody else ended (%s) is no unreadable file: it is tried again',
  async (signal) => {
    await using hub = await openHub()
    const editor = await hub.as(['editor'])
    const clock = aClock()
    const place = await send(editor, aTable)
    const ended = aWorker(hub, clock, async () => {
      endReaders(signal)
      await pause(100)
    })
    await expect(ended()).rejects.toThrow(`was ended (${signal})`)
    expect((await stateOf(hub)).state).toBe('comparing')
    clock.go(3)
    expect(await aWorker(hub, clock)()).toBe(1)
    await editor.post(place, { do: 'all' })
    await expect(ended()).rejects.toThrow(`was ended (${signal})`)
    expect((await stateOf(hub)).state).toBe('writing')
    clock.go(3)
    expect(await aWorker(hub, clock)()).toBe(1)
    expect(await read(editor, place)).toContain(t('import.done', { count: 20, rows: 20 }))
  },
)

test('an import that is given up while it is written stands in the audit log with what it has written', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const clock = aClock()
  const place = await send(editor, aTable)
  await aWorker(hub, clock)()
  await editor.post(place, { do: 'all' })
  const ended = aWorker(hub, clock, async () => {
    endReaders('SIGKILL')
    await pause(100)
  })
  for (let count = 0; count < 5; count += 1) {
    await expect(ended()).rejects.toThrow('was ended')
    clock.go(3)
  }
  await ended()
  expect((await stateOf(hub)).state).toBe('failed')
  expect(await read(editor, place)).toContain(t('import.failed'))
  const audit = await hub.kysely.selectFrom('audit_event').select(['actor', 'deed', 'detail']).execute()
  expect(audit).toEqual([
    {
      actor: editor.actor.id,
      deed: 'publications.import',
      detail: { new: 20, changed: 0, written: 0, published: false, state: 'failed' },
    },
  ])
})
