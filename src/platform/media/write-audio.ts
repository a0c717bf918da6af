import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  FilePathTarget,
  FlacOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type AudioCodec,
  type OutputFormat,
} from 'mediabunny'
import { openMedia, type ReadBytes } from './open-input.ts'
import { MediaError } from './task.ts'

interface Container {
  readonly make: () => OutputFormat
  readonly type: string
  readonly ending: string
}

const ogg: Container = { make: () => new OggOutputFormat(), type: 'audio/ogg', ending: 'ogg' }

/** What a sound is put into as it is; what is in none of them would have to be made anew. */
const containers: Partial<Record<AudioCodec, Container>> = {
  aac: { make: () => new Mp4OutputFormat({ fastStart: false }), type: 'audio/mp4', ending: 'm4a' },
  opus: ogg,
  vorbis: ogg,
  mp3: { make: () => new Mp3OutputFormat(), type: 'audio/mpeg', ending: 'mp3' },
  flac: { make: () => new FlacOutputFormat(), type: 'audio/flac', ending: 'flac' },
}

/** Writes the sound of a film to a path, packet by packet as it is. `tell` hears the share that is done. Throws `MediaError` when it cannot. */
export async function writeAudio(
  bytes: number,
  read: ReadBytes,
  path: string,
  tell: (share: number) => Promise<void>,
): Promise<{ readonly type: string; readonly ending: string }> {
  using media = await openMedia(bytes, read)
  const { audio } = media
  if (!audio) throw new MediaError('silent')
  const codec = await audio.getCodec()
  const container = codec === null ? undefined : containers[codec]
  const decoderConfig = await audio.getDecoderConfig()
  if (codec === null || !container || !decoderConfig) throw new MediaError('codec', codec ?? 'unknown')
  const output = new Output({ format: container.make(), target: new FilePathTarget(path) })
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  await output.start()
  const begin = await audio.getFirstTimestamp()
  const length = (await audio.getDurationFromMetadata().catch(() => null)) ?? Infinity
  let count = 0
  for await (const packet of new EncodedPacketSink(audio).packets()) {
    // A sound that begins before the film does begins with it; what lies before is what decoders start with.
    const moved = begin < 0 ? packet.clone({ timestamp: packet.timestamp - begin }) : packet
    await source.add(moved, { decoderConfig })
    count += 1
    if (count % 500 === 0) await tell(packet.timestamp / length)
  }
  if (count === 0) throw new MediaError('silent')
  await output.finalize()
  return { type: container.type, ending: container.ending }
}
