import type { Line } from './types.ts'

const isText = (line: Line | undefined) => line !== undefined && line.marker === null

/**
 * Lines as Markdown: paragraphs apart by an empty line, lists with `-` or their numbers, inner lists indented.
 * Words stay as they are. Null when there are no words.
 */
export function writeMarkdown(lines: readonly Line[]): string | null {
  const pieces: string[] = []
  const base = Math.min(...lines.filter((line) => line.marker).map((line) => line.indent))
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    const apart =
      line.gap ||
      line.level > 0 ||
      (before?.level ?? 0) > 0 ||
      (isText(line) !== isText(before) && line.marker !== null)
    if (before) pieces.push(apart ? '\n\n' : '\n')
    pieces.push(writeLine(line, base, before))
  }
  const text = pieces.join('').trim()
  return text === '' ? null : text
}

function writeLine(line: Line, base: number, before: Line | undefined): string {
  if (line.level > 1) return `${'#'.repeat(Math.max(3, line.level))} ${line.markdown}`
  if (!line.marker) return before?.marker && !line.gap ? `  ${line.markdown}` : line.markdown
  const depth = Math.min(8, Math.floor((line.indent - base) / 2))
  const sign = line.marker.number === null ? '-' : `${line.marker.number}.`
  return `${' '.repeat(Math.max(0, depth) * 2)}${sign} ${line.markdown}`
}
