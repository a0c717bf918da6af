import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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

/** What ffmpeg makes of a film or a sound, raw. */
async function decode(content: Uint8Array, output: readonly string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-decoded-'))
  try {
    const path = join(folder, 'film')
    await writeFile(path, content)
    const program = await findTestFfmpeg()
    const options = { encoding: 'buffer', maxBuffer: 64 * 1024 ** 2 } as const
    return (await run(program, ['-v', 'error', '-i', path, ...output, '-'], options)).stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** How loud a film or a sound is in each hundredth of a second: the loudest of its samples, of 32768. */
export async function measureSound(content: Uint8Array): Promise<number[]> {
  const bytes = await decode(content, ['-map', '0:a:0', '-ac', '1', '-ar', '8000', '-f', 's16le'])
  const samples = Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => bytes.readInt16LE(index * 2))
  return Array.from({ length: Math.floor(samples.length / 80) }, (_, index) =>
    Math.max(...samples.slice(index * 80, index * 80 + 80).map(Math.abs)),
  )
}

/** How bright the brightest point of a film is in each tenth of a second: black is 16 at most. */
export async function measurePicture(content: Uint8Array): Promise<number[]> {
  const bytes = await decode(content, [
    '-map',
    '0:v:0',
    '-vf',
    'fps=10,scale=16:9',
    '-pix_fmt',
    'gray',
    '-f',
    'rawvideo',
  ])
  return Array.from({ length: Math.floor(bytes.length / 144) }, (_, index) =>
    Math.max(...bytes.subarray(index * 144, index * 144 + 144)),
  )
}
