import { servedAs } from '#platform/files/index.ts'
import type { Track } from '../domain.ts'

/** A sound as one file. */
export interface Sound {
  readonly href: string
  readonly type: string
  readonly bytes: number
  /** Milliseconds; null when it was not read. */
  readonly duration: number | null
}

/** What every podcast player plays. */
const everywhere: readonly string[] = ['audio/mpeg', 'audio/mp4']

/** Whether a text or a sound in a language is one for readers of another: `pt-BR` for those of `pt`. */
const isIn = (lang: string, wanted: string): boolean => lang === wanted || lang.startsWith(`${wanted}-`)

/**
 * The sound of a recording in a language: of the files that the hub keeps and offers, and of those it took out of them, the smallest of a type
 * that players know, else the smallest. Null when there is none. A length that is not known cannot be told, so such a file is none.
 */
export function soundIn(tracks: readonly Track[], lang: string): Sound | null {
  const sounds = tracks.filter((track) => isIn(track.lang, lang)).flatMap(soundsOf)
  const isPlayed = ({ type }: Sound) => everywhere.includes(type)
  const inOrder = sounds.toSorted(
    (one, other) => Number(isPlayed(other)) - Number(isPlayed(one)) || one.bytes - other.bytes,
  )
  return inOrder[0] ?? null
}

function soundsOf({ kind, href, file, bytes, media, versions }: Track): Sound[] {
  if (file === null || (kind !== 'audio' && kind !== 'video')) return []
  const duration = media?.duration ?? null
  const own = kind === 'audio' && bytes !== null ? [{ href, type: file.type, bytes }] : []
  const made = versions.filter((version) => version.kind === 'audio' || version.kind === 'small_audio')
  return [...own, ...made].map((sound) => ({
    href: sound.href,
    type: servedAs(sound.type).contentType,
    bytes: sound.bytes,
    duration,
  }))
}
