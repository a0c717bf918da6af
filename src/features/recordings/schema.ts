import type { Generated } from 'kysely'
import type { ConsentAnswer, TakedownReason } from './care/domain.ts'
import type { TrackChannel, TrackKind } from './domain.ts'
import type { VersionKind } from './media/versions.ts'

export interface RecordingTable {
  id: string
  seminar_id: string
  session_id: string | null
  position: number
  /** At which hour of its day it begins, in the seminar's zone: `09:30`. */
  begins?: string | null
}

/** What of a recording of a whole seminar is a session: from one time to another, in milliseconds. */
export interface RecordingPartTable {
  recording_id: string
  session_id: string
  starts_at: number
  ends_at: number
}

export interface TrackTable {
  id: string
  recording_id: string
  kind: TrackKind
  lang: string
  channel: TrackChannel | null
  /** The captions it was translated from. */
  source_id: string | null
  /** A track is a link or a file of the hub, never both. */
  url: string | null
  file: string | null
  file_name: string | null
  /** As the file itself is kept with: content by its hash never changes. `bytes` is one too. */
  file_type: string | null
  bytes: number | null
  position: number
}

/** What was read in a film or a sound, by its hash. */
export interface MediaTable {
  sha256: string
  state: 'read' | 'failed'
  reason: string | null
  /** Milliseconds. */
  duration: number | null
  width: number | null
  height: number | null
  video_codec: string | null
  audio_codec: string | null
  read_at: string
}

/** What was made of a film or a sound, by the hash of what it was made of. */
export interface MediaVersionTable {
  sha256: string
  kind: VersionKind
  /** `none`: it is not wanted, or cannot be, for a `reason`. */
  state: 'making' | 'made' | 'none' | 'failed'
  reason: string | null
  /** Hundredths. */
  progress: number
  /** How often it was begun. */
  attempts: number
  file: string | null
  file_type: string | null
  /** The end of its name. */
  ending: string | null
  bytes: number | null
  updated_at: string
}

/** A film or a sound without what was taken down of it, by the hash of what it was made of and by what was taken down. */
export interface MediaCutTable extends Omit<MediaVersionTable, 'kind' | 'state'> {
  /** The spans, as `cutOf` names them. */
  cut: string
  state: 'making' | 'made' | 'failed'
}

/** From which file the timed lines of a track come, and how well it could be read. */
export interface CaptionFileTable {
  track_id: string
  sha256: string
  state: 'read' | 'failed'
  reason: string | null
  format: string | null
  guessed_lang: string | null
  cues: number
  text_bytes: number
  problems: unknown
  problem_count: number
  read_at: string
  /** The state of its lines; null when there are none. */
  cues_hash: Generated<string | null>
  /** The state of the lines that these were made from, when they were read or last found right. */
  source_hash: Generated<string | null>
}

/** Whom the name of a speaker in captions means; nobody known: null. Names that nobody has looked at have no row. */
export interface CaptionSpeakerTable {
  track_id: string
  label: string
  person_id: string | null
}

/** What was changed in a transcript at the desk; rows are never changed. */
export interface CueChangeTable {
  id: Generated<number>
  track_id: string
  at: string
  actor: string
  change: unknown
  /** The change that this one takes back. */
  undoes: Generated<number | null>
}

/** A line that another file took the place of, kept with the change that this was. */
export interface KeptCueTable extends Omit<CueTable, 'track_id'> {
  change_id: number
}

export interface CueTable {
  track_id: string
  number: number
  /** Milliseconds, as `ends_at`. */
  starts_at: number
  ends_at: number
  identifier: string | null
  settings: string | null
  speaker: string | null
  body: string
}

/** A span of a recording that is kept, in milliseconds. */
export interface MomentTable {
  id: string
  recording_id: string
  starts_at: number
  ends_at: number
}

/** A chapter that was set by hand; its title is among the texts of its record. */
export interface ChapterTable {
  id: string
  recording_id: string
  /** Milliseconds. */
  starts_at: number
}

/** A span that was taken down; in force until it is lifted. */
export interface TakedownTable {
  id: string
  recording_id: string
  /** Milliseconds, as `ends_at`. */
  starts_at: number
  ends_at: number
  reason: TakedownReason
  taken_at: string
  taken_by: string
  lifted_at: string | null
  lifted_by: string | null
}

/** What somebody who speaks in a session has agreed to; null where nobody has asked. */
export interface SpeakerConsentTable {
  session_id: string
  person_id: string
  seminar_id: string
  recording: ConsentAnswer | null
  transcript: ConsentAnswer | null
  publication: ConsentAnswer | null
  note: string | null
  noted_at: string
  noted_by: string
}

export interface RecordingTables {
  recording: RecordingTable
  recording_part: RecordingPartTable
  track: TrackTable
  media: MediaTable
  media_version: MediaVersionTable
  media_cut: MediaCutTable
  caption_file: CaptionFileTable
  caption_speaker: CaptionSpeakerTable
  cue: CueTable
  cue_change: CueChangeTable
  kept_cue: KeptCueTable
  moment: MomentTable
  chapter: ChapterTable
  takedown: TakedownTable
  speaker_consent: SpeakerConsentTable
}
