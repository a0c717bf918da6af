import type { Draft } from './blocks.ts'
import { plainName } from './plain.ts'
import { isNameLike } from './speakers.ts'

const isName = (line: string) => line.length <= 70 && !/[.!?…,;:]$/.test(line) && isNameLike(line)

/**
 * The transcripts that Teams keeps as documents have times with arrows, a name on the line below, and then the words. So do files without a header in
 * which four of five cues begin with a line like a name, and some names come back.
 */
export function takeNamesAbove(drafts: readonly Draft[]): readonly Draft[] {
  const heads = drafts.flatMap(({ lines }) =>
    lines.length > 1 && isName((lines[0] ?? '').trim()) ? [(lines[0] ?? '').trim()] : [],
  )
  const comesBack = new Set(heads).size < heads.length
  if (!comesBack || heads.length < drafts.length * 0.8) return drafts
  return drafts.map((draft) => {
    const [head = '', ...words] = draft.lines
    return draft.lines.length > 1 && isName(head.trim()) ? { ...draft, speaker: plainName(head), lines: words } : draft
  })
}
