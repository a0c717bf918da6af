import { fileHref } from '#features/files/index.ts'
import type { MediaCutTable, MediaTable, MediaVersionTable } from '../schema.ts'
import type { TrackMedia } from './store.ts'
import { copyName, makeable, versionName, wantedVersions, type VersionKind } from './versions.ts'

const reasons = [
  ...(['missing', 'empty', 'format', 'broken', 'noTracks', 'codec', 'silent', 'time', 'memory'] as const),
  ...(['small', 'killed', 'length', 'failed'] as const),
]
export type MediaReason = (typeof reasons)[number]

/** How a version stands: there, on its way, not to be had, or waiting for its turn or for ffmpeg. */
export type VersionStanding =
  | { readonly state: 'made'; readonly href: string; readonly bytes: number }
  | { readonly state: 'making'; readonly percent: number }
  | { readonly state: 'none' | 'failed'; readonly reason: MediaReason }
  | { readonly state: 'waiting' | 'ffmpeg' }

/** What the desk says of a track's file. */
export interface ShownMedia {
  readonly state: 'none' | 'waiting' | 'failed' | 'read'
  readonly reason: MediaReason | null
  readonly notices: readonly ('cut' | 'duration' | 'noPicture')[]
  readonly bytes: number | null
  /** Milliseconds. */
  readonly duration: number | null
  readonly size: { readonly width: number; readonly height: number } | null
  readonly videoCodec: string | null
  readonly audioCodec: string | null
  /** Where something is taken down of its recording: the copy without that, which is offered in place of the file. */
  readonly copy: VersionStanding | null
  readonly versions: readonly { readonly kind: VersionKind; readonly standing: VersionStanding }[]
  readonly lacksFfmpeg: boolean
  /** Something failed that can be tried again. */
  readonly mayTryAgain: boolean
}

const nothing = { reason: null, notices: [], duration: null, size: null, videoCodec: null, audioCodec: null }

/** What was read in a track's file and what is made of it, as the desk shows it. */
export function showMedia(track: TrackMedia, hasFfmpeg: boolean): ShownMedia {
  const { kind, file, media, bytes } = track
  const rest = { ...nothing, bytes, copy: null, versions: [], lacksFfmpeg: false, mayTryAgain: false }
  if (file === null || (kind !== 'video' && kind !== 'audio')) return { ...rest, state: 'none' }
  if (media === null) return { ...rest, state: 'waiting' }
  if (media.state === 'failed')
    return { ...rest, state: 'failed', reason: knownReason(media.reason), mayTryAgain: true }
  const { duration, width, height, video_codec: videoCodec, audio_codec: audioCodec } = media
  const copy = track.cut && standingOfCopy(track.cut.copy, track.name ?? '', hasFfmpeg)
  const versions = versionsOf(track, media, hasFfmpeg)
  const notices = (['cut', 'duration', 'noPicture'] as const).filter((one) =>
    one === 'noPicture' ? kind === 'video' && videoCodec === null : media.reason === one,
  )
  return {
    state: 'read',
    reason: null,
    notices,
    bytes,
    duration,
    size: width !== null && height !== null ? { width, height } : null,
    videoCodec,
    audioCodec,
    copy,
    versions,
    lacksFfmpeg: versions.some(({ standing }) => standing.state === 'ffmpeg'),
    mayTryAgain: copy?.state === 'failed' || versions.some(({ standing }) => standing.state === 'failed'),
  }
}

/** The versions of what is offered: of the copy where there is one, else of the file itself. */
function versionsOf({ versions, name, bytes, cut }: TrackMedia, media: MediaTable, hasFfmpeg: boolean) {
  const copy = cut?.media ? cut.copy : null
  const { duration, video_codec: videoCodec, audio_codec: audioCodec } = cut?.media ?? media
  const can = makeable(hasFfmpeg)
  const of = copy === null ? (name ?? '') : copyName(name ?? '', copy.ending ?? '')
  const original = { bytes: copy?.bytes ?? bytes ?? 0, duration, videoCodec, audioCodec }
  return wantedVersions(original).map((kind) => {
    const row = versions.find((one) => one.kind === kind)
    const named = (ending: string) => versionName(of, kind, ending)
    return { kind, standing: standingOf(row ?? null, named, can.includes(kind)) }
  })
}

/** How the copy of a film or a sound stands that lacks what was taken down. */
const standingOfCopy = (copy: MediaCutTable | null, name: string, hasFfmpeg: boolean): VersionStanding =>
  standingOf(copy, (ending) => copyName(name, ending), hasFfmpeg)

function standingOf(
  row: Omit<MediaVersionTable, 'kind'> | null,
  named: (ending: string) => string,
  isMakeable: boolean,
): VersionStanding {
  if (!row) return { state: isMakeable ? 'waiting' : 'ffmpeg' }
  if (row.state === 'making') return { state: 'making', percent: row.progress }
  if (row.state !== 'made') return { state: row.state, reason: knownReason(row.reason) }
  return { state: 'made', href: fileHref(row.file ?? '', named(row.ending ?? '')), bytes: row.bytes ?? 0 }
}

const knownReason = (reason: string | null): MediaReason => reasons.find((one) => one === reason) ?? 'failed'
