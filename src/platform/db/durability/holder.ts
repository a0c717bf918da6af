/** A process that opens a data folder (or takes its lock only) and keeps it until it is told to end. */
import { lockDataFolder } from '../data-folder-lock.ts'
import { openDatabase } from '../index.ts'

const [, , dataFolder = '', what = 'database'] = process.argv

async function hold(): Promise<() => Promise<void>> {
  if (what === 'database') return (await openDatabase({ dataFolder, mode: 'own' })).close
  const lock = lockDataFolder(dataFolder)
  return async () => lock.release()
}

try {
  const close = await hold()
  process.stdout.write('open\n')
  process.stdin.resume()
  process.once('SIGTERM', () => {
    void close().then(() => process.exit(0))
  })
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.name : 'unknown'}\n`)
}
