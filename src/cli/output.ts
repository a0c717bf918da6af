/** A mistake of the person at the terminal or of what they gave: said without a stack, and the command fails. */
export class CommandError extends Error {
  override name = 'CommandError'
}

/** Writes a line for the person; progress and warnings go to the other stream. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Writes a line that is not the result: progress, warnings. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Lines under a heading, or nothing when there are none. */
export function sayList(heading: string, lines: readonly string[]): void {
  if (lines.length === 0) return
  say(`\n${heading}`)
  for (const line of lines) say(`  ${line}`)
}
