import { secondOf } from '../domain.ts'
import type { ShownRecording } from '../transcript.ts'

/** A path with what is asked of it; what is empty is left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | null | undefined>>,
  fragment = '',
): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const search = new URLSearchParams(entries).toString()
  return `${path}${search === '' ? '' : `?${search}`}${fragment}`
}

/** What stays as it is when only one thing is changed: the second, what plays, the language that is read, and which recording it is. */
export function keptQuery(of: ShownRecording) {
  const { second, media, stretch } = of
  const t = second === null ? null : secondOf(second)
  return { t, play: media?.lang, text: stretch?.track.lang, recording: whichOf(of) }
}

/** The id that addresses need where it is not the session's first recording. */
export const whichOf = ({ place, recording }: Pick<ShownRecording, 'place' | 'recording'>): string | null =>
  place === 0 ? null : recording.id

/** A name within a page: those of the session's first recording are plain. */
export const nameIn = ({ place }: Pick<ShownRecording, 'place'>, name: string): string =>
  place === 0 ? name : `${name}-${place + 1}`

/** The page of a session at a span of its recording. */
export function spanAddress(
  path: string,
  span: { readonly from: number; readonly to: number },
  recording: string | null = null,
): string {
  return withQuery(path, { ...spanQuery(span), recording }, recording === null ? '#recording' : '')
}

/** A span as addresses ask for it. */
export function spanQuery({ from, to }: { readonly from: number; readonly to: number }) {
  return { t: secondOf(from), to: secondOf(to) }
}

/** The page of a session at one of its recordings. */
export const recordingAddress = (path: string, of: Pick<ShownRecording, 'place' | 'recording'>): string =>
  withQuery(path, { recording: whichOf(of) }, `#${nameIn(of, 'recording')}`)

export const captionFormats = ['vtt', 'srt', 'txt', 'docx', 'pdf'] as const

/** The captions of a session in a language as a file: all of them, or a chapter. */
export function captionAddress(
  path: string,
  lang: string,
  format: (typeof captionFormats)[number],
  which: string | null,
  chapter: number | null = null,
): string {
  const asked = chapter === null ? null : String(chapter)
  return withQuery(`${path}/captions/${lang}.${format}`, { chapter: asked, recording: which })
}

/** The chapters of a session as a file, with names in a language. */
export function chapterAddress(path: string, lang: string, format: 'vtt' | 'json', which: string | null): string {
  return withQuery(`${path}/chapters/${lang}.${format}`, { recording: which })
}
