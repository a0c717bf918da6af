import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A header as a harvester got it. */
export interface Harvested {
  readonly id: string
  readonly datestamp: string
  readonly isDeleted: boolean
}

const isThere = async () => run('perl', ['-MHTTP::OAI', '-e', '1']).catch(() => null)

/** HTTP::OAI of Perl, a harvester that is not ours: on Debian and Ubuntu it is installed when there is none. */
export async function ensureHarvester(): Promise<void> {
  if (await isThere()) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'libhttp-oai-perl'], {
    env,
    maxBuffer: 64 * 1024 ** 2,
  })
  if (!(await isThere()))
    throw new Error('HTTP::OAI could not be installed: install the package libhttp-oai-perl, then run the tests again')
}

/** Walks a provider to its end with a harvester that others have written. */
export async function harvest(baseUrl: string, from?: string): Promise<Harvested[]> {
  const script = join(import.meta.dirname, 'harvest.pl')
  const { stdout } = await run('perl', [script, baseUrl, ...(from === undefined ? [] : [from])], {
    maxBuffer: 64 * 1024 ** 2,
  })
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [identifier = '', datestamp = '', status = ''] = line.split('\t')
      return { id: identifier.split(':').at(-1) ?? '', datestamp, isDeleted: status === 'deleted' }
    })
}
