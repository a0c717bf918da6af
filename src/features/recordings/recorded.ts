import type { Reader } from '#features/records/index.ts'
import type { Seminar, Session } from '#features/seminars/index.ts'
import type { Chapter } from './chapters/domain.ts'
import { readAllChapters } from './chapters/reading.ts'
import type { Recording } from './domain.ts'
import { listRecordingsBySession, type RecordingDeps } from './reading.ts'
import { chooseCaptions } from './transcript.ts'
import { captionAddress, captionFormats, chapterAddress, recordingAddress, whichOf } from './views/addresses.ts'

/** What was recorded of a session, and where its parts are had. Addresses are paths. */
export interface Recorded {
  readonly recording: Recording
  readonly chapters: readonly Chapter[]
  /** The session's page, at this recording. */
  readonly href: string
  /** The chapters with names in the reader's language. */
  readonly chapterFiles: { readonly vtt: string; readonly json: string }
  /** The files of each captions that can be read. */
  readonly captions: readonly {
    readonly trackId: string
    readonly lang: string
    readonly files: Readonly<Record<(typeof captionFormats)[number], string>>
  }[]
}

/** A session with the seminar it is of. */
export interface SessionOf {
  readonly seminar: Seminar
  readonly session: Session
}

/**
 * What was recorded of sessions that the reader may see, by session; those without are not in it. Nine queries, whatever their number. As on the
 * page of a session, the captions in the reader's language say which slides there are.
 */
export async function listRecorded(
  deps: RecordingDeps,
  reader: Reader,
  sessions: readonly SessionOf[],
): Promise<ReadonlyMap<string, readonly Recorded[]>> {
  const ids = sessions.map(({ session }) => session.id)
  const found = await listRecordingsBySession(deps, reader, ids)
  const all = sessions.flatMap(({ seminar, session }) =>
    (found.get(session.id) ?? []).map((recording, place) => {
      const captions = chooseCaptions(recording, reader.chain, undefined)
      return { seminar, session, recording, place, captions }
    }),
  )
  const chapters = await readAllChapters(deps.recordings, all)
  const recorded = all.map(({ session, recording, place }, index) => ({
    session: session.id,
    ...addressesOf(session.href, recording, place, reader.lang),
    recording,
    chapters: chapters[index] ?? [],
  }))
  return Map.groupBy(recorded, ({ session }) => session)
}

function addressesOf(path: string, recording: Recording, place: number, lang: string) {
  const which = whichOf({ place, recording })
  // Of two captions in one language the first is at its address.
  const read = recording.tracks.filter((track) => chooseCaptions(recording, [], track.lang)?.id === track.id)
  return {
    href: recordingAddress(path, { place, recording }),
    chapterFiles: {
      vtt: chapterAddress(path, lang, 'vtt', which),
      json: chapterAddress(path, lang, 'json', which),
    },
    captions: read.map((track) => {
      const of = (format: (typeof captionFormats)[number]) => captionAddress(path, track.lang, format, which)
      const files = { vtt: of('vtt'), srt: of('srt'), txt: of('txt'), docx: of('docx'), pdf: of('pdf') }
      return { trackId: track.id, lang: track.lang, files }
    }),
  }
}
