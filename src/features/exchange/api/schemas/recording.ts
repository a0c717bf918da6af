import { z } from 'zod'
import { trackChannels, trackKinds, versionKinds } from '#features/recordings/index.ts'
import { components, instant, languageTag, Text } from './parts.ts'

const seconds = z.number().nonnegative()

const TrackVersion = z
  .object({ kind: z.enum(versionKinds), url: z.url(), type: z.string(), bytes: z.number().int() })
  .register(components, {
    id: 'TrackVersion',
    description:
      'What the hub made of the file of a track: its sound alone, smaller, a picture, a stream with its playlist.',
  })

const CaptionFiles = z
  .object({ vtt: z.url(), srt: z.url(), txt: z.url(), docx: z.url(), pdf: z.url() })
  .register(components, { id: 'CaptionFiles', description: 'What is said, line by line with times, in each format.' })

const Track = z
  .object({
    id: z.string(),
    kind: z.enum(trackKinds),
    lang: languageTag,
    channel: z.enum(trackChannels).nullable().describe('What was said in the room, or its interpretation.'),
    label: Text.nullable(),
    url: z.url().nullable().describe('Of the file the hub keeps, or of a place elsewhere; null: it is held back.'),
    elsewhere: z.boolean().describe('Whether the address is a place elsewhere.'),
    withheld: z
      .enum(['consent', 'takedown'])
      .nullable()
      .describe('Why it is held back: somebody has not agreed, or a part of it was taken down.'),
    type: z.string().nullable().describe('Media type of the file.'),
    bytes: z.number().int().nullable(),
    duration: seconds.nullable().describe('Seconds; null: not known.'),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    versions: z.array(TrackVersion),
    lines: z.number().int().describe('Timed lines of captions.'),
    captions: CaptionFiles.nullable().describe('The lines as files, without what may not be read.'),
    behind: z.boolean().describe('The captions that these were translated from have changed since.'),
    synthetic: z.boolean(),
  })
  .register(components, {
    id: 'Track',
    description: 'A film, a sound, captions or slides of a recording, in one language.',
  })

const Chapter = z
  .object({
    from: seconds,
    to: seconds.nullable().describe('Null: to the end, which is not known.'),
    title: Text.nullable(),
    slide: z.number().int().nullable().describe('The slide that comes up, where there is no title.'),
  })
  .register(components, { id: 'Chapter', description: 'A part of a recording; times are seconds from its beginning.' })

export const Recording = z
  .object({
    id: z.string(),
    url: z.url().describe('The page of the session at this recording; `t=754` in the query opens it at that second.'),
    title: Text,
    note: Text.nullable(),
    duration: seconds.nullable().describe('Of the longest film or sound, in seconds; null: not known.'),
    part: z
      .object({ from: seconds, to: seconds })
      .nullable()
      .describe('The part of the files that is this session, in seconds; null: all of them is.'),
    tracks: z.array(Track),
    chapters: z.array(Chapter),
    chapterFiles: z
      .object({ vtt: z.url(), json: z.url() })
      .describe('The chapters as WebVTT, and as podcast players read them.'),
    synthetic: z.boolean(),
    publishedAt: instant.nullable(),
  })
  .register(components, { id: 'Recording', description: 'What was captured of a session.' })

export type ApiRecording = z.infer<typeof Recording>
