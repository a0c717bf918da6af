import { availableParallelism } from 'node:os'
import type { FfmpegCall } from '#platform/media/index.ts'
import type { Span } from '../care/domain.ts'

/** Seconds by which it is dark and silent before a span begins: what is heard and shown lasts a little longer than the moment it is for. */
const MARGIN = { video: 0.1, audio: 0.04 } as const

const words = (text: string): string[] => text.split(' ')

const threads = Math.max(1, availableParallelism() - 1)
/** Nothing but the streams: words that are written into a file, and its titles, might be those that were taken down. */
const bare = words('-sn -dn -map_metadata -1 -map_chapters -1 -max_muxing_queue_size 4096')
/** As good as the eye can tell, in the formats that every phone plays; a key picture each 6 s. */
const picture = words(`-c:v libx264 -profile:v high -preset veryfast -crf 21 -threads ${threads}`).concat(
  words('-force_key_frames expr:gte(t,n_forced*6)'),
)
const sound = words('-c:a aac -b:a 160k')

/** Whether a moment lies in one of the spans, for ffmpeg's filters. */
const within = (spans: readonly Span[], margin: number) =>
  spans
    .map(({ startsAt, endsAt }) => `gte(t,${(startsAt / 1000 - margin).toFixed(3)})*lt(t,${endsAt / 1000})`)
    .join('+')

/**
 * How ffmpeg makes the copy of a film or a sound that is dark and silent within spans, and as long as before. Pictures are spread evenly
 * first: one that stays for long must not stay into a span. Sound with gaps is filled, so that it keeps its time, and goes through in
 * pieces so small that a span begins where it should.
 */
export function cutRecipe(
  from: string,
  to: string,
  { spans, isFilm }: { readonly spans: readonly Span[]; readonly isFilm: boolean },
): Pick<FfmpegCall, 'inputs' | 'output'> & { readonly type: string; readonly ending: string } {
  const even = "fps='max(10,min(50,source_fps))',scale='trunc(iw/2)*2':'trunc(ih/2)*2',format=yuv420p"
  const dark = `${even},drawbox=w=iw:h=ih:color=black:t=fill:enable='${within(spans, MARGIN.video)}'`
  const whole = 'aresample=async=1:first_pts=0,asetnsamples=n=256:p=0'
  const silent = [...bare, '-af', `${whole},volume=0:enable='${within(spans, MARGIN.audio)}'`, ...sound]
  const inputs = [{ path: from }]
  if (!isFilm) {
    const output = [...words('-map 0:a -vn'), ...silent, ...words('-movflags +faststart -f ipod'), to]
    return { inputs, output, type: 'audio/mp4', ending: 'm4a' }
  }
  const output = words('-map 0:V:0 -map 0:a?').concat(silent, ['-vf', dark], picture, words('-movflags +faststart'))
  return { inputs, output: [...output, '-f', 'mp4', to], type: 'video/mp4', ending: 'mp4' }
}
