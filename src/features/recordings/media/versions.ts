/** What the hub makes of a film or a sound, in the order in which it is made. A stream is two files, of which the playlist is opened. */
export const versionKinds = ['audio', 'poster', 'small_audio', 'small_video', 'stream', 'playlist'] as const
export type VersionKind = (typeof versionKinds)[number]

/** Those that ffmpeg makes; a sound is taken out of its film without it. */
const ofFfmpeg: readonly VersionKind[] = ['poster', 'small_audio', 'small_video', 'stream']

/** Milliseconds from which on a film is long enough for a stream. */
export const LONG = 1_800_000

/** Bits a second below which a film, or a sound, is small already. */
const SMALL = { video: 600_000, audio: 64_000 } as const

/** What is known of a file that something is to be made of. */
export interface Original {
  readonly bytes: number
  /** Milliseconds. */
  readonly duration: number | null
  readonly videoCodec: string | null
  readonly audioCodec: string | null
}

/** What can be made on a machine. */
export function makeable(hasFfmpeg: boolean): VersionKind[] {
  return versionKinds.filter((kind) => kind !== 'playlist' && (hasFfmpeg || !ofFfmpeg.includes(kind)))
}

/** Which versions a file should have, ffmpeg or not; the database asks the same in `store.ts`. */
export function wantedVersions({ duration, videoCodec, audioCodec }: Original): VersionKind[] {
  const isFilm = videoCodec !== null
  const isHeard = audioCodec !== null
  const wanted: Record<VersionKind, boolean> = {
    audio: isFilm && isHeard,
    poster: isFilm,
    small_audio: isHeard,
    small_video: isFilm,
    stream: isFilm && (duration ?? 0) > LONG,
    playlist: false,
  }
  return versionKinds.filter((kind) => wanted[kind])
}

/** Whether a file is as small as its small version would be. */
export function isSmallAlready(kind: VersionKind, { bytes, duration, videoCodec }: Original): boolean {
  if (!duration) return false
  const rate = (bytes * 8000) / duration
  if (kind === 'small_video') return rate < SMALL.video
  return kind === 'small_audio' && videoCodec === null && rate < SMALL.audio
}

const marks: Readonly<Record<VersionKind, string>> = {
  audio: '-audio',
  poster: '-poster',
  small_audio: '-small-audio',
  small_video: '-small',
  stream: '',
  playlist: '',
}

const stemOf = (name: string) => name.replace(/\.[A-Za-z0-9]{1,10}$/, '')

/** The name of the copy of a file that lacks what was taken down: `day.mov` → `day-cut.mp4`. */
export const copyName = (of: string, ending: string): string => `${stemOf(of)}-cut.${ending}`

/** The name of a version, after that of the file it was made of: `day.mp4` → `day-audio.m4a`. A playlist names its stream, so that has one name for all. */
export function versionName(of: string, kind: VersionKind, ending: string): string {
  if (kind === 'stream' || kind === 'playlist') return `stream.${ending}`
  return `${stemOf(of)}${marks[kind]}.${ending}`
}
