import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openHub } from '#testing/hub.ts'
import { aSeminar } from '#testing/makers.ts'

test('who reads the log cannot open a preview: its secret stands in no line, found or not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-log-'))
  try {
    const logTo = join(folder, 'hub.log')
    await using hub = await openHub({ logTo })
    const editor = await hub.as(['editor'])
    const id = await aSeminar(hub.kysely, { title: { en: 'Unseen' }, status: 'draft' })
    const made = await (await editor.post(`/en/desk/records/${id}/preview`, { days: '1' })).text()
    const secret = /\/en\/preview\/([\w-]{32})"/.exec(made)?.[1] ?? ''
    const wrong = 'x'.repeat(32)

    const answers = [secret, wrong].map(async (token) => (await hub.get(`/en/preview/${token}`)).status)
    expect([secret.length, ...(await Promise.all(answers))]).toEqual([32, 200, 404])

    const log = await readFile(logTo, 'utf8')
    expect(log.split('"/en/preview/…"').length - 1).toBeGreaterThanOrEqual(2)
    expect([log.includes(secret), log.includes(wrong)]).toEqual([false, false])
  } finally {
    await rm(folder, { recursive: true })
  }
})
