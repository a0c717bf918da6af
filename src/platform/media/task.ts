import { z } from 'zod'

/** Why nothing could be made of a film or a sound. */
export const MediaProblem = z.enum([
  'missing',
  'empty',
  'format',
  'broken',
  'noTracks',
  'codec',
  'silent',
  'time',
  'memory',
])
export type MediaProblem = z.infer<typeof MediaProblem>

/** What is written in a film or a sound. Lengths are milliseconds; codecs go by the names of mediabunny (`avc`, `aac`, `opus`). */
export const MediaFacts = z.object({
  duration: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  /** `cut`: its end is missing. `duration`: its head told another length, the one here is counted. */
  notice: z.enum(['cut', 'duration']).nullable(),
})
export type MediaFacts = z.infer<typeof MediaFacts>

/** What the media process is asked: the facts of a file of so many bytes, or its sound written to a path. */
export const MediaTask = z.object({ bytes: z.number(), audioTo: z.string().nullable() })
export type MediaTask = z.infer<typeof MediaTask>

/** Bytes it asked for, or that they cannot be had. */
export const MediaBytes = z.object({ id: z.number(), bytes: z.instanceof(Uint8Array).nullable() })
export type MediaBytes = z.infer<typeof MediaBytes>

/** What it says: which bytes it wants (the last of them excluded), how far it is, what came of it. */
export const MediaWord = z.union([
  z.object({ id: z.number(), from: z.number().int().min(0), to: z.number().int() }),
  z.object({ share: z.number() }),
  z.object({ facts: MediaFacts, isWhole: z.boolean() }),
  z.object({ audio: z.object({ type: z.string(), ending: z.string() }) }),
  z.object({ failed: MediaProblem, detail: z.string() }),
])
export type MediaWord = z.infer<typeof MediaWord>

/** Nothing can be made of the file, and why. */
export class MediaError extends Error {
  override name = 'MediaError'
  readonly problem: MediaProblem
  constructor(problem: MediaProblem, detail: string = problem) {
    super(detail)
    this.problem = problem
  }
}
