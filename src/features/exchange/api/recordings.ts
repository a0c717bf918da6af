import type { Recorded } from '#features/recordings/index.ts'
import type { TextValue } from '#features/records/index.ts'
import { servedAs } from '#platform/files/index.ts'
import type { ApiRecording } from './schemas/recording.ts'

type Whole = (href: string) => string
type Track = Recorded['recording']['tracks'][number]

const seconds = (milliseconds: number): number => milliseconds / 1000
const secondsOrNull = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : seconds(milliseconds)
const text = (one: TextValue | null) => one && { lang: one.lang, state: one.state, value: one.value }

/** A recording as the interface promises it: whole addresses, and times in seconds. */
export function presentRecording(recorded: Recorded, whole: Whole): ApiRecording {
  const { id, title, note, part, tracks, synthetic, publishedAt } = recorded.recording
  const lengths = tracks.flatMap(({ media }) => media?.duration ?? [])
  return {
    id,
    url: whole(recorded.href),
    title: { lang: title.lang, state: title.state, value: title.value },
    note: text(note),
    duration: lengths.length === 0 ? null : seconds(Math.max(...lengths)),
    part: part && { from: seconds(part.startsAt), to: seconds(part.endsAt) },
    tracks: tracks.map((track) => presentTrack(track, recorded, whole)),
    chapters: recorded.chapters.map((chapter) => ({
      from: seconds(chapter.startsAt),
      to: secondsOrNull(chapter.endsAt),
      title: text(chapter.title),
      slide: chapter.slide,
    })),
    chapterFiles: { vtt: whole(recorded.chapterFiles.vtt), json: whole(recorded.chapterFiles.json) },
    synthetic,
    publishedAt,
  }
}

function presentTrack(track: Track, { captions }: Recorded, whole: Whole): ApiRecording['tracks'][number] {
  const { media, file } = track
  const files = captions.find(({ trackId }) => trackId === track.id)?.files
  return {
    id: track.id,
    kind: track.kind,
    lang: track.lang,
    channel: track.channel,
    label: text(track.label),
    url: track.withheld === null ? whole(track.href) : null,
    elsewhere: track.isElsewhere,
    withheld: track.withheld,
    type: file && servedAs(file.type).contentType,
    bytes: track.bytes,
    duration: secondsOrNull(media?.duration ?? null),
    width: media?.width ?? null,
    height: media?.height ?? null,
    versions: track.versions.map((version) => ({
      kind: version.kind,
      url: whole(version.href),
      type: servedAs(version.type).contentType,
      bytes: version.bytes,
    })),
    lines: track.cues,
    captions: files
      ? {
          vtt: whole(files.vtt),
          srt: whole(files.srt),
          txt: whole(files.txt),
          docx: whole(files.docx),
          pdf: whole(files.pdf),
        }
      : null,
    behind: track.isBehind,
    synthetic: track.synthetic,
  }
}
