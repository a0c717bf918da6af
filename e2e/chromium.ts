import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The path of a Chromium on this machine; on Debian and Ubuntu it is installed when there is none. */
export async function ensureChromium(): Promise<string> {
  const asked = process.env['CHROMIUM']
  const found = [asked, ...places].find((path) => path !== undefined && existsSync(path))
  if (found) return found
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core'], { env })
  const installed = places.find((path) => existsSync(path))
  if (installed) return installed
  throw new Error('Chromium could not be installed: put one on this machine and name it in CHROMIUM')
}

/** Switches that keep a browser under test to itself: no services of its maker, no sandbox it cannot have as root. */
export const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
