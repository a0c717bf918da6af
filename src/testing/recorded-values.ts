import type { Recorded } from '#features/recordings/index.ts'
import { aText } from './seminar-values.ts'

type Track = Recorded['recording']['tracks'][number]

/** A track value: a film in English of twelve minutes and a half, of which the sound was taken out. */
export function aTrackValue(changes: Partial<Track> = {}): Track {
  return {
    id: 'trk_01',
    kind: 'video',
    lang: 'en',
    channel: 'floor',
    label: null,
    href: '/files/aa/day.mp4',
    isElsewhere: false,
    file: { sha256: 'aa', name: 'day.mp4', type: 'video/mp4' },
    bytes: 5000,
    media: { duration: 754_500, width: 640, height: 480, videoCodec: 'avc', audioCodec: 'aac' },
    versions: [{ kind: 'audio', href: '/files/bb/day-audio.m4a', type: 'audio/mp4', bytes: 900 }],
    cues: 0,
    textBytes: 0,
    rules: { spans: [], speakers: null },
    withheld: null,
    isBehind: false,
    synthetic: false,
    ...changes,
  }
}

/** A recording of the session `/en/seminars/links/sessions/1`: a film, captions, and a sound that is held back. */
export function aRecorded(changes: Partial<Recorded['recording']> = {}): Recorded {
  const page = '/en/seminars/links/sessions/1'
  const of = (file: string) => `${page}/captions/en.${file}`
  const bare = { media: null, versions: [], bytes: null, file: null }
  return {
    recording: {
      id: 'rec_01',
      title: aText('First day'),
      note: aText('Sound is *poor* at the beginning.'),
      part: { startsAt: 1000, endsAt: 90_500 },
      tracks: [
        aTrackValue(),
        aTrackValue({ ...bare, id: 'trk_02', kind: 'captions', href: '/files/cc/en.vtt', cues: 3 }),
        aTrackValue({ ...bare, id: 'trk_03', kind: 'audio', href: '', withheld: 'takedown' }),
      ],
      marks: [],
      begins: null,
      takedowns: [],
      synthetic: false,
      publishedAt: '2021-12-10T08:00:00.000Z',
      ...changes,
    },
    chapters: [
      { number: 1, startsAt: 0, endsAt: 20_000, title: aText('Début', 'fr', 'current'), slide: null },
      { number: 2, startsAt: 20_000, endsAt: null, title: null, slide: 2 },
    ],
    href: `${page}#recording`,
    chapterFiles: { vtt: `${page}/chapters/en.vtt`, json: `${page}/chapters/en.json` },
    captions: [
      {
        trackId: 'trk_02',
        lang: 'en',
        files: { vtt: of('vtt'), srt: of('srt'), txt: of('txt'), docx: of('docx'), pdf: of('pdf') },
      },
    ],
  }
}
