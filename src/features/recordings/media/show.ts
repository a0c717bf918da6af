import { fileHref } from '#features/files/index.ts'
import type { MediaVersionTable } from '../schema.ts'
import type { TrackMedia } from './store.ts'
import { makeable, versionName, wantedVersions, type VersionKind } from './versions.ts'

const reasons = [
  ...(['missing', 'empty', 'format', 'broken', 'noTracks', 'codec', 'silent', 'time', 'memory'] as const),
  ...(['small', 'killed', 'failed'] as const),
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
  readonly versions: readonly { readonly kind: VersionKind; readonly standing: VersionStanding }[]
  readonly lacksFfmpeg: boolean
  /** Something failed that can be tried again. */
  readonly mayTryAgain: boolean
}

const nothing = { reason: null, notices: [], duration: null, size: null, videoCodec: null, audioCodec: null }

/** What was read in a track's file and what is made of it, as the desk shows it. */
export function showMedia(track: TrackMedia, hasFfmpeg: boolean): ShownMedia {
  const { kind, file, media, bytes } = track
  const rest = { ...nothing, bytes, versions: [], lacksFfmpeg: false, mayTryAgain: false }
  if (file === null || (kind !== 'video' && kind !== 'audio')) return { ...rest, state: 'none' }
  if (media === null) return { ...rest, state: 'waiting' }
  if (media.state === 'failed')
    return { ...rest, state: 'failed', reason: knownReason(media.reason), mayTryAgain: true }
  const { duration, width, height, video_codec: videoCodec, audio_codec: audioCodec } = media
  const original = { bytes: bytes ?? 0, duration, videoCodec, audioCodec }
  const can = makeable(hasFfmpeg)
  const versions = wantedVersions(original).map((wanted) => ({
    kind: wanted,
    standing: standingOf(track, wanted, can.includes(wanted)),
  }))
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
    versions,
    lacksFfmpeg: versions.some(({ standing }) => standing.state === 'ffmpeg'),
    mayTryAgain: versions.some(({ standing }) => standing.state === 'failed'),
  }
}

function standingOf({ versions, name }: TrackMedia, kind: VersionKind, isMakeable: boolean): VersionStanding {
  const row = versions.find((one) => one.kind === kind)
  if (!row) return { state: isMakeable ? 'waiting' : 'ffmpeg' }
  if (row.state === 'made') return madeOf(row, name ?? '', kind)
  return row.state === 'making'
    ? { state: 'making', percent: row.progress }
    : { state: row.state, reason: knownReason(row.reason) }
}

function madeOf(row: MediaVersionTable, of: string, kind: VersionKind): VersionStanding {
  return {
    state: 'made',
    href: fileHref(row.file ?? '', versionName(of, kind, row.ending ?? '')),
    bytes: row.bytes ?? 0,
  }
}

const knownReason = (reason: string | null): MediaReason => reasons.find((one) => one === reason) ?? 'failed'
