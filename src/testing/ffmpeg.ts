import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PROGRAM = '/usr/bin/ffmpeg'
const advice = 'Install ffmpeg (Debian, Ubuntu: apt-get install ffmpeg), then run the tests again.'
let installing: Promise<string> | undefined

/** Where ffmpeg is; installs Debian's package first when the machine has none. */
export async function findTestFfmpeg(): Promise<string> {
  return (installing ??= installFfmpeg())
}

async function installFfmpeg(): Promise<string> {
  const found = (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, 'ffmpeg'))
    .find(existsSync)
  if (found !== undefined) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(`There is no ffmpeg here. ${advice}`)
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 ** 2,
  }
  // Another worker may be installing it just now.
  const wait = ['-q', '-o', 'DPkg::Lock::Timeout=300']
  try {
    await run('apt-get', [...wait, 'update'], options)
    await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', 'ffmpeg'], options)
  } catch (error) {
    throw new Error(`ffmpeg could not be installed. ${advice}`, { cause: error })
  }
  return PROGRAM
}

export interface FilmOptions {
  readonly seconds: number
  /** The end of its name, which says the container. */
  readonly ending?: 'mp4' | 'webm' | 'mp3' | 'ogg' | 'm4a' | 'wav'
  readonly size?: string
  /** What else ffmpeg is told of the output. */
  readonly more?: readonly string[]
}

/** A film of our own, a test picture with a tone; only the tone where the container holds sounds. */
export async function aFilm({ seconds, ending = 'mp4', size = '320x180', more = [] }: FilmOptions): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-film-'))
  try {
    const path = join(folder, `film.${ending}`)
    const picture = ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=10:duration=${seconds}`]
    const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`]
    const isFilm = ending === 'mp4' || ending === 'webm'
    const codecs =
      ending === 'webm'
        ? ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus']
        : ending === 'ogg'
          ? ['-c:a', 'libopus']
          : []
    const speed = ending === 'mp4' ? ['-preset', 'ultrafast', '-pix_fmt', 'yuv420p'] : []
    const program = await findTestFfmpeg()
    await run(program, ['-v', 'error', ...(isFilm ? picture : []), ...tone, ...codecs, ...speed, ...more, path])
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
