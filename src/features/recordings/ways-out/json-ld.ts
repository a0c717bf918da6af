import { servedAs } from '#platform/files/index.ts'
import { schemaOrg, type JsonLd } from '#platform/json-ld.ts'
import type { Chapter } from '../chapters/domain.ts'
import { secondOf, type Track } from '../domain.ts'
import type { ShownRecording } from '../transcript.ts'
import { whichOf, withQuery } from '../views/addresses.ts'

/** Clips that are told of: with more the page would outgrow its budget. */
const MOST_CLIPS = 30

/** Where the page of a session stands, and what chapters are called there. */
interface ClipContext {
  /** Scheme, host and port, without a path. */
  readonly origin: string
  /** The session's page. */
  readonly path: string
  readonly nameOf: (chapter: Chapter) => string
}

/**
 * The films and sounds of a recording as schema.org VideoObject and AudioObject; the one that plays has the first chapters as Clips, with
 * offsets in seconds. Films and sounds that are held back are not told of; those of other hosts have no address of their own here.
 */
export function recordingJsonLd(of: ShownRecording, { origin, path, nameOf }: ClipContext): JsonLd[] {
  const absolute = (href: string) => new URL(href, origin).href
  const { recording, media, chapters } = of
  const clips = chapters.slice(0, MOST_CLIPS).map((chapter) => ({
    '@type': 'Clip',
    name: nameOf(chapter),
    startOffset: chapter.startsAt / 1000,
    endOffset: chapter.endsAt === null ? undefined : chapter.endsAt / 1000,
    url: absolute(withQuery(path, { t: secondOf(chapter.startsAt), recording: whichOf(of) })),
  }))
  return recording.tracks.filter(isTold).map((track) => {
    const poster = track.versions.find(({ kind }) => kind === 'poster')
    const { duration = null } = track.media ?? {}
    return schemaOrg({
      '@type': track.kind === 'video' ? 'VideoObject' : 'AudioObject',
      name: recording.title.value,
      url: absolute(path),
      contentUrl: track.file ? absolute(track.href) : undefined,
      encodingFormat: track.file ? servedAs(track.file.type).contentType : undefined,
      thumbnailUrl: poster ? absolute(poster.href) : undefined,
      inLanguage: track.lang,
      uploadDate: recording.publishedAt ?? undefined,
      duration: duration === null ? undefined : `PT${duration / 1000}S`,
      hasPart: track.id === media?.id ? clips : [],
    })
  })
}

const isTold = ({ kind, withheld }: Track) => (kind === 'video' || kind === 'audio') && withheld === null
