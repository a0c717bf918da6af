import { EncodedPacketSink, type InputTrack } from 'mediabunny'
import { openMedia, type OpenMedia, type ReadBytes } from './open-input.ts'
import { MediaError, type MediaFacts } from './task.ts'

/** Milliseconds by which a head may be wrong about the length without being called so. */
const TOLERANCE = 2000
const LONGEST = 2_000_000_000

/**
 * The facts of a film or a sound. `tell` is given what its head says before its end is looked for, which in some containers means to read
 * all of it. Throws `MediaError` when there are none.
 */
export async function readFacts(
  bytes: number,
  read: ReadBytes,
  tell: (facts: MediaFacts) => Promise<void>,
): Promise<MediaFacts> {
  if (bytes === 0) throw new MediaError('empty')
  using media = await openMedia(bytes, read)
  const { input, video, audio } = media
  const [videoCodec, audioCodec] = [(await video?.getCodec()) ?? null, (await audio?.getCodec()) ?? null]
  if (videoCodec === null && audioCodec === null) throw new MediaError('codec')
  const said = toMilliseconds(await input.getDurationFromMetadata().catch(() => null))
  const size = video ? { width: await video.getDisplayWidth(), height: await video.getDisplayHeight() } : null
  const head: MediaFacts = {
    duration: said,
    width: positive(size?.width),
    height: positive(size?.height),
    videoCodec,
    audioCodec,
    notice: null,
  }
  await tell(head)
  return { ...head, ...(await lookAtEnd(media, said)) }
}

/** How long it is by its last packets, and whether they are there. */
async function lookAtEnd(
  { video, audio }: OpenMedia,
  said: number | null,
): Promise<Pick<MediaFacts, 'duration' | 'notice'>> {
  const tracks: InputTrack[] = [video, audio].filter((track) => track !== null)
  const ends = await Promise.all(tracks.map(findEnd))
  const known = ends.filter((end) => end !== null).map(({ at }) => at)
  const counted = known.length === 0 ? null : toMilliseconds(Math.max(...known))
  if (ends.some((end) => end === null || !end.isThere)) return { duration: counted ?? said, notice: 'cut' }
  if (counted === null) return { duration: said, notice: null }
  const isWrong = said !== null && Math.abs(said - counted) > TOLERANCE
  return { duration: counted, notice: isWrong ? 'duration' : null }
}

/** Where the last packet of a track ends, in seconds, and whether its bytes are there; null when none can be read. */
async function findEnd(track: InputTrack): Promise<{ at: number; isThere: boolean } | null> {
  const sink = new EncodedPacketSink(track)
  const last = await sink.getPacket(Infinity, { metadataOnly: true }).catch(() => null)
  if (!last) return null
  const isThere = await sink.getPacket(Infinity).then(
    (packet) => packet !== null && packet.data.length > 0,
    () => false,
  )
  return { at: last.timestamp + last.duration, isThere }
}

function toMilliseconds(seconds: number | null): number | null {
  if (seconds === null || !Number.isFinite(seconds) || seconds <= 0) return null
  return Math.min(LONGEST, Math.round(seconds * 1000))
}

const positive = (number: number | undefined): number | null =>
  number !== undefined && number > 0 && number < LONGEST ? Math.round(number) : null
