import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fault, passed, warning, type Check } from '#platform/doctor.ts'
import { findFfmpeg } from '#platform/media/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { Config } from '../config.ts'

/** The program itself: its runtime, its built files, its address. */
export async function checkInstallation(config: Config): Promise<Check[]> {
  return [checkRuntime(), ...checkFiles(), checkOrigin(config), await checkPort(config), await checkFfmpeg(config)]
}

function checkRuntime(): Check {
  const major = Number(process.versions.node.split('.', 1)[0])
  if (major >= 26) return passed('runtime', `Node.js ${process.versions.node}.`)
  const mend = 'Run it through npm (npm run hub -- doctor), which brings Node.js 26 on Linux, or install Node.js 26.'
  return fault('runtime', `Node.js ${process.versions.node} is too old: 26 is needed.`, mend)
}

function checkFiles(): Check[] {
  const needed = ['dist/passerelle.js', 'dist/assets/manifest.json', 'locales/en.json']
  const missing = needed.filter((file) => !existsSync(join(packageRoot(), file)))
  if (missing.length === 0) return [passed('files', 'The built program is complete.')]
  return [fault('files', `Missing from the program: ${missing.join(', ')}.`, 'Run npm ci and npm run build.')]
}

function checkOrigin({ HUB_ORIGIN, HOST }: Config): Check {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(HUB_ORIGIN).hostname)
  if (local || HUB_ORIGIN.startsWith('https:')) return passed('origin', `Readers come by ${HUB_ORIGIN}.`)
  const mend = `Put a proxy with a certificate in front of ${HOST} and set HUB_ORIGIN to its https address.`
  return warning('origin', `${HUB_ORIGIN} is not encrypted.`, mend)
}

/** Whether something listens where the hub would: the hub itself, or another program in its way. */
async function checkPort({ HOST, PORT }: Config): Promise<Check> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ host: HOST === '0.0.0.0' ? '127.0.0.1' : HOST, port: PORT })
  socket.setTimeout(1000, () => resolve(false))
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
  const taken = await promise
  socket.destroy()
  if (!taken) return passed('port', `Port ${PORT} is free.`)
  return passed('port', `Something answers on port ${PORT}: a hub that runs, or another program in its place.`)
}

/** Without ffmpeg everything works, and recordings are offered as they are: no fault. */
async function checkFfmpeg({ FFMPEG_PATH }: Config): Promise<Check> {
  const found = await findFfmpeg(FFMPEG_PATH)
  if (found?.isEnough)
    return passed(
      'ffmpeg',
      `ffmpeg ${found.version} makes small versions of recordings, and cuts out of them what is taken down.`,
    )
  const what = found
    ? `ffmpeg ${found.version} makes no H.264 or no AAC`
    : `There is no ffmpeg at ${JSON.stringify(FFMPEG_PATH)}`
  const mend = 'Install it (Debian, Ubuntu: apt-get install ffmpeg), or say in FFMPEG_PATH where it is.'
  return {
    ...passed(
      'ffmpeg',
      `${what}: recordings have no small versions, pictures and streams, and those of which something is taken down stay held back.`,
    ),
    mend,
  }
}
