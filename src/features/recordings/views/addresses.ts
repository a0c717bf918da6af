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

/** What stays as it is when only one thing is changed: the second, what plays, and the language that is read. */
export function keptQuery({ second, media, stretch }: ShownRecording) {
  return { t: second === null ? null : secondOf(second), play: media?.lang, text: stretch?.track.lang }
}

/** The page of a session at a span of its recording. */
export function spanAddress(path: string, span: { readonly from: number; readonly to: number }): string {
  return withQuery(path, spanQuery(span), '#recording')
}

/** A span as addresses ask for it. */
export function spanQuery({ from, to }: { readonly from: number; readonly to: number }) {
  return { t: secondOf(from), to: secondOf(to) }
}
