import { statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import type { HealthLine } from '#features/admin/index.ts'
import { migrations } from '#migrations/index.ts'
import { listMigrated, readDatabaseSize, type Database } from '#platform/db/index.ts'
import type { Http } from '#platform/http/index.ts'
import { readRelease } from '#platform/root.ts'
import type { Config } from './config.ts'
import type { HubTables } from './schema.ts'

/** Below this much free space, in bytes, the hub is in danger of a full disk. */
const LITTLE_SPACE = 1024 ** 3
const NO_SPACE = 64 * 1024 ** 2
/** Milliseconds a mail server has to answer. */
const PATIENCE = 1000

type HealthParts = {
  readonly config: Config
  readonly database: Pick<Database<HubTables>, 'kysely' | 'engine' | 'version'>
  readonly cache: Http['cache']
}

/** How the hub is at this moment: what the doctor knows, seen from inside. */
export async function readHealth({ config, database, cache }: HealthParts): Promise<HealthLine[]> {
  const done = await listMigrated(database.kysely)
  const isCurrent = migrations.every(({ name }) => done.includes(name))
  return [
    { id: 'release', level: 'ok', value: { text: readRelease() } },
    { id: 'node', level: 'ok', value: { text: process.versions.node } },
    { id: 'uptime', level: 'ok', value: { seconds: Math.round(process.uptime()) } },
    { id: 'memory', level: 'ok', value: { bytes: process.memoryUsage.rss() } },
    { id: 'database', level: 'ok', value: { engine: database.engine, version: database.version } },
    { id: 'databaseSize', level: 'ok', value: { bytes: await readDatabaseSize(database.kysely) } },
    { id: 'migrations', level: isCurrent ? 'ok' : 'fault', value: { state: isCurrent ? 'current' : 'waiting' } },
    await checkDisk(config.HUB_DATA),
    { id: 'cache', level: 'ok', value: { bytes: cache.bytes(), count: cache.pages() } },
    await checkMail(config.SMTP_URL),
    translationLine(config),
    { id: 'origin', level: isSafe(config.HUB_ORIGIN) ? 'ok' : 'warning', value: { text: config.HUB_ORIGIN } },
  ]
}

const isSafe = (origin: string) =>
  origin.startsWith('https:') || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)

/** Which service translates, by its host alone: its address may hold a key. */
const translationLine = ({ TRANSLATE_URL: url, TRANSLATE_KIND: kind }: Config): HealthLine => ({
  id: 'translation',
  level: 'ok',
  value: url === undefined ? { state: 'none' } : { text: `${kind}, ${new URL(url).host}` },
})

async function checkDisk(folder: string): Promise<HealthLine> {
  try {
    const { bavail, bsize } = await statfs(folder)
    const bytes = bavail * bsize
    const level = bytes > LITTLE_SPACE ? 'ok' : bytes > NO_SPACE ? 'warning' : 'fault'
    return { id: 'disk', level, value: { bytes } }
  } catch {
    return { id: 'disk', level: 'warning', value: { state: 'unknown' } }
  }
}

/** Whether the mail server takes a connection. Without one, mail goes to a folder. */
async function checkMail(url: string | undefined): Promise<HealthLine> {
  if (url === undefined) return { id: 'mail', level: 'warning', value: { state: 'folder' } }
  const { hostname, port, protocol } = new URL(url)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port: Number(port) || (protocol === 'smtps:' ? 465 : 587) })
  socket.setTimeout(PATIENCE, () => resolve(false))
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
  const answers = await promise
  socket.destroy()
  return { id: 'mail', level: answers ? 'ok' : 'fault', value: { state: answers ? 'reachable' : 'unreachable' } }
}
