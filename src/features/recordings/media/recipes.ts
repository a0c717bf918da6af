import { availableParallelism } from 'node:os'
import type { FfmpegCall } from '#platform/media/index.ts'
import type { Original, VersionKind } from './versions.ts'

/** What comes of a recipe. */
export interface Recipe extends Pick<FfmpegCall, 'inputs' | 'output'> {
  readonly type: string
  readonly ending: string
}

const words = (text: string): string[] => text.split(' ')

const threads = Math.max(1, availableParallelism() - 1)
/** Nothing but the streams: titles and places that a camera wrote stay where they are. */
const bare = words('-sn -dn -map_metadata -1 -map_chapters -1')
const voice = words('-c:a aac -ac 1 -ar 44100 -b:a 48k')
const size = `scale='if(gt(iw,ih),-2,trunc(min(480,iw)/2)*2)':'if(gt(iw,ih),trunc(min(480,ih)/2)*2,-2)'`
const rate = words('-b:v 400k -maxrate 500k -bufsize 1000k -force_key_frames expr:gte(t,n_forced*6)')
const pictures = words(`-fpsmax 25 -pix_fmt yuv420p -c:v libx264 -profile:v main -preset veryfast -threads ${threads}`)

/** Small film: at most 480 lines, 25 pictures a second and about 400 kbit/s, in the formats that old phones play; a key picture each 6 s. */
const smallVideo = words('-map 0:v:0 -map 0:a:0?').concat(
  bare,
  ['-vf', size],
  pictures,
  rate,
  voice,
  words('-movflags +faststart -f mp4'),
)
const smallAudio = words('-map 0:a:0 -vn').concat(bare, voice, words('-movflags +faststart -f ipod'))
const look = "thumbnail=25,scale='min(960,iw)':-2"
const poster = words('-map 0:v:0 -an').concat(bare, ['-vf', look], words('-frames:v 1 -q:v 5 -f mjpeg'))

/** How ffmpeg makes a version of a film or a sound; both are files of this machine. */
export function recipeFor(
  kind: Extract<VersionKind, 'small_video' | 'small_audio' | 'poster'>,
  from: string,
  to: string,
  { duration }: Original,
): Recipe {
  const inputs = [{ path: from }]
  if (kind === 'small_video') return { inputs, output: [...smallVideo, to], type: 'video/mp4', ending: 'mp4' }
  if (kind === 'small_audio') return { inputs, output: [...smallAudio, to], type: 'audio/mp4', ending: 'm4a' }
  // Films begin in the dark, or with a title.
  const at = Math.min(10, (duration ?? 0) / 10_000).toFixed(2)
  return {
    inputs: [{ path: from, before: ['-ss', at] }],
    output: [...poster, to],
    type: 'image/jpeg',
    ending: 'jpg',
  }
}

/** How a small film becomes a stream (RFC 8216): one file of fragments, and a playlist of the bytes of each. Names are of the working folder. */
export const streamRecipe = (from: string): Pick<FfmpegCall, 'inputs' | 'output'> => ({
  inputs: [{ path: from }],
  output: words('-map 0 -c copy -f hls -hls_time 6 -hls_playlist_type vod -hls_segment_type fmp4').concat(
    words('-hls_flags single_file -hls_segment_filename stream.mp4 stream.m3u8'),
  ),
})

/** A playlist as it stands beside its stream, turned to the address that the stream has in the hub. */
export function readdress(playlist: string, sha256: string): string {
  const address = `../${sha256}/stream.mp4`
  return playlist.replace(/^(#EXT-X-MAP:URI=)"[^"]*"/gm, `$1"${address}"`).replace(/^(?!#)\S.*$/gm, address)
}

/** Milliseconds that ffmpeg may take for a film of a length. */
export const timeFor = (duration: number | null): number => Math.min(43_200_000, Math.max(600_000, (duration ?? 0) * 4))
