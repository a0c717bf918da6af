import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareTemplate } from '#testing/database.ts'
import { socketPath } from './address.ts'
import { startup, sync } from './replies.ts'
import { startInMemory } from './start.ts'

/** A message of the protocol: its type, its length, its body. */
function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const parse = (sql: string) => message('P', Buffer.concat([Buffer.from(`\0${sql}\0`), Buffer.alloc(2)]))
const bindAndRun = Buffer.concat([message('B', Buffer.alloc(8)), message('E', Buffer.alloc(5)), sync])

test('a batch that arrives in pieces is not mixed with that of another client', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-listener-'))
  const server = await startInMemory(folder, await prepareTemplate())
  const [one, other] = [await connect(folder), await connect(folder)]

  one.socket.write(parse(`select 'one''s own'`))
  await pause(50)
  other.socket.write(Buffer.concat([parse(`select 'the other''s'`), bindAndRun]))
  await expect.poll(other.heard).toContain(`the other's`)
  one.socket.write(bindAndRun)

  await expect.poll(one.heard).toContain(`one's own`)
  expect(one.heard()).not.toContain(`the other's`)
  for (const { socket } of [one, other]) socket.destroy()
  await server.stop()
  rmSync(folder, { recursive: true })
})

async function connect(folder: string): Promise<{ socket: Socket; heard: () => string }> {
  const socket = createConnection(socketPath(folder))
  let heard = ''
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1')
  })
  socket.write(startup)
  // The greeting ends with ReadyForQuery, idle.
  await expect.poll(() => heard.endsWith('I')).toBe(true)
  heard = ''
  return { socket, heard: () => heard }
}
