import { existsSync, statfsSync, statSync } from 'node:fs'
import { fault, passed, warning, type Check } from '../doctor.ts'
import { isDataFolderLocked, prepareDataFolder, readLockOwner } from './data-folder-lock.ts'
import { checkDatabase } from './doctor-database.ts'
import { readAddress } from './embedded/address.ts'
import { inspectCluster } from './embedded/cluster.ts'
import { DatabaseSetupError } from './errors.ts'
import type { Migration } from './migrate.ts'

export type DatabaseDoctorOptions = {
  dataFolder: string
  databaseUrl?: string | undefined
  migrations: readonly Migration[]
}

/** Below this much free space, in bytes, the hub is in danger of a full disk. */
const LITTLE_SPACE = 1024 ** 3
const NO_SPACE = 64 * 1024 ** 2

/** Looks at the data folder and the database, changes nothing, and says what is wrong and how to mend it. */
export async function doctorChecks(options: DatabaseDoctorOptions): Promise<Check[]> {
  const { dataFolder, databaseUrl } = options
  if (!existsSync(dataFolder)) {
    const folder = warning(
      'data-folder',
      `The data folder ${dataFolder} does not exist yet.`,
      'The first start makes it.',
    )
    return databaseUrl === undefined ? [folder] : [folder, ...(await checkDatabase(options))]
  }
  const folder = checkWritable(dataFolder)
  if (folder.level === 'fault') return [folder]
  const checks = [folder, checkOwner(dataFolder), checkSpace(dataFolder)]
  if (databaseUrl !== undefined) return [...checks, ...(await checkDatabase(options))]
  const cluster = checkCluster(dataFolder)
  checks.push(checkLock(dataFolder), cluster)
  return cluster.level === 'ok' ? [...checks, ...(await checkDatabase(options))] : checks
}

function checkWritable(dataFolder: string): Check {
  try {
    prepareDataFolder(dataFolder)
    return passed('data-folder', `The data folder ${dataFolder} can be read and written.`)
  } catch (error) {
    return fault(
      'data-folder',
      error instanceof Error ? error.message : String(error),
      `Give the folder to the hub's user.`,
    )
  }
}

function checkOwner(dataFolder: string): Check {
  const owner = statSync(dataFolder).uid
  const user = process.getuid?.()
  if (user === undefined || owner === user)
    return passed('data-owner', 'The data folder belongs to the user that runs this.')
  return warning(
    'data-owner',
    `The data folder belongs to user ${owner}, and this runs as user ${user}: files made now may be closed to the hub.`,
    `Run this as the user of the hub: sudo -u '#${owner}' …`,
  )
}

function checkSpace(dataFolder: string): Check {
  const { bavail, bsize } = statfsSync(dataFolder)
  const free = bavail * bsize
  const what = `${(free / 1024 ** 3).toFixed(1)} GiB are free where the data folder is.`
  if (free > LITTLE_SPACE) return passed('disk-space', what)
  const mend = 'Free some space or move the data folder to a larger disk.'
  return free > NO_SPACE ? warning('disk-space', what, mend) : fault('disk-space', what, mend)
}

function checkLock(dataFolder: string): Check {
  const owner = readLockOwner(dataFolder)
  if (isDataFolderLocked(dataFolder)) {
    const who = owner ? `process ${owner.pid} since ${owner.startedAt}` : 'a process that did not say who it is'
    if (readAddress(dataFolder)) return passed('lock', `The data folder is held by ${who}, which listens for commands.`)
    const mend = 'It may be starting: try again in a minute. If it stays so, stop that process.'
    return warning('lock', `The data folder is held by ${who}, which does not listen yet.`, mend)
  }
  if (!owner) return passed('lock', 'No hub is running on the data folder.')
  const what = `Process ${owner.pid} held the data folder and ended without cleaning up.`
  return warning('lock', what, 'Nothing to do: the next start takes the folder over and recovers what was committed.')
}

function checkCluster(dataFolder: string): Check {
  try {
    if (inspectCluster(dataFolder) === 'ready')
      return passed('cluster', 'The database folder is whole and of the right version.')
    return warning('cluster', 'There is no database in the data folder yet.', 'The first start makes it.')
  } catch (error) {
    if (error instanceof DatabaseSetupError)
      return fault('cluster', error.message, 'Follow the message; change nothing by hand.')
    throw error
  }
}
