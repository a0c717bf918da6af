import { cleanText } from '#platform/text/index.ts'
import type { CaptionProblem, CaptionProblemName } from './cue.ts'

const most = 100
const mostOfAKind = 20

/** Gathers what is told of a file: all are counted, the first are kept. */
export class Problems {
  count = 0
  private readonly found: CaptionProblem[] = []
  private readonly kinds = new Map<CaptionProblemName, number>()

  tell(line: number, problem: CaptionProblemName, excerpt: string): void {
    this.count += 1
    const before = this.kinds.get(problem) ?? 0
    this.kinds.set(problem, before + 1)
    if (before >= mostOfAKind) return
    this.found.push({ line, problem, excerpt: cleanText(excerpt.slice(0, 80).toWellFormed()).trim() })
  }

  kept(): CaptionProblem[] {
    return this.found.sort((one, other) => one.line - other.line).slice(0, most)
  }
}
