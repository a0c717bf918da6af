import {
  ADTS,
  CustomSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny'
import { MediaError } from './task.ts'

/** The first byte, and the one after the last. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>

/** Containers that are read. Playlists are not among them: they lead to other files. */
const formats = [MP4, QTFF, MATROSKA, WEBM, OGG, MP3, WAVE, FLAC, ADTS, MPEG_TS]

/** Bytes asked for at a time. */
const PIECE = 1_048_576

export interface OpenMedia extends Disposable {
  readonly input: Input
  readonly video: InputVideoTrack | null
  readonly audio: InputAudioTrack | null
}

/** A film or a sound whose bytes are asked for as they are needed. Throws `MediaError` when it is none. */
export async function openMedia(bytes: number, read: ReadBytes): Promise<OpenMedia> {
  const source = new CustomSource({
    getSize: () => bytes,
    read: (from, to) => inPieces(read, from, to),
    maxCacheSize: 16 * PIECE,
    prefetchProfile: 'network',
  })
  const input = new Input({ formats, source })
  try {
    if (!(await input.canRead())) throw new MediaError('format')
    const video = await input.getPrimaryVideoTrack()
    const audio = await input.getPrimaryAudioTrack()
    if (!video && !audio) throw new MediaError('noTracks')
    return { input, video, audio, [Symbol.dispose]: () => input.dispose() }
  } catch (error) {
    input.dispose()
    throw error
  }
}

/** However much is wanted at once, a piece of it is held at a time. */
function inPieces(read: ReadBytes, from: number, to: number): ReadableStream<Uint8Array> {
  let at = from
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = await read(at, Math.min(to, at + PIECE))
        at += piece.length
        controller.enqueue(piece)
        if (at >= to) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
