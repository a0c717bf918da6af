import { writeVtt } from '../captions/index.ts'
import type { Chapter } from '../chapters/domain.ts'

/** Chapters as WebVTT (kind `chapters`); the last ends with the recording, a second after it begins when that is not known. */
export function chaptersVtt(chapters: readonly Chapter[], lang: string, nameOf: (chapter: Chapter) => string): string {
  const cues = chapters.map((chapter) => ({
    startsAt: chapter.startsAt,
    endsAt: chapter.endsAt ?? chapter.startsAt + 1000,
    identifier: null,
    settings: null,
    speaker: null,
    text: nameOf(chapter),
  }))
  return writeVtt(cues, { lang }).replace('Kind: captions', 'Kind: chapters')
}

/** Chapters as podcast players read them (JSON chapters 1.2); times are seconds. */
export function chaptersJson(chapters: readonly Chapter[], nameOf: (chapter: Chapter) => string): string {
  return JSON.stringify({
    version: '1.2.0',
    chapters: chapters.map((chapter) => ({
      startTime: chapter.startsAt / 1000,
      ...(chapter.endsAt !== null && { endTime: chapter.endsAt / 1000 }),
      title: nameOf(chapter),
    })),
  })
}
