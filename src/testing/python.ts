import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Python, as a tool that is not ours: on Debian and Ubuntu it is installed when there is none. */
export async function ensurePython(): Promise<string> {
  const program = 'python3'
  const isThere = async () => run(program, ['-c', 'import xml.etree.ElementTree']).catch(() => null)
  if (await isThere()) return program
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', program], { env })
  if (await isThere()) return program
  throw new Error('Python could not be installed: put one on the path as python3, then run the tests again')
}
