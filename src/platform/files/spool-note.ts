import type { StoredFile } from './store.ts'

/** What is known of a file that is sent in parts. */
export interface SpoolNote {
  readonly name: string
  /** Bytes of the whole file. */
  readonly bytes: number
  /** What its sender wants to be told again, as they said it. */
  readonly metadata: string
  /** What it is, written down before its bytes are taken away to where files are kept: there they are found again after a break. */
  readonly taken?: StoredFile
  /** What became of it, once all of it was there. */
  readonly outcome?:
    { readonly sha256: string; readonly type: string } | { readonly refused: 'type' | 'tooLarge' | 'empty' }
}

/** A file of which parts are there. */
export interface Spooled extends SpoolNote {
  readonly id: string
  /** Bytes that are there. */
  readonly offset: number
  /** Its bytes were taken away, and what became of it is not noted yet. */
  readonly isTaken: boolean
  /** What came is not here any more, and nothing says what became of it. */
  readonly isLost: boolean
}

/** Whether something is a note as the spool writes it. */
export function isSpoolNote(value: unknown): value is SpoolNote {
  if (typeof value !== 'object' || value === null) return false
  const { name, bytes, metadata }: Partial<Record<keyof SpoolNote, unknown>> = value
  return typeof name === 'string' && typeof bytes === 'number' && typeof metadata === 'string'
}
