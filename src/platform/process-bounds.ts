import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface ProcessBounds {
  /** Milliseconds. */
  readonly time: number
  /** Bytes of memory that it may hold; watched where the system tells (Linux). */
  readonly memory: number
}

/** Says once that a process has taken more time or memory than it may; what is given back stops the watch. */
export function watchProcess(
  child: ChildProcess,
  { time, memory }: ProcessBounds,
  onOver: (what: 'time' | 'memory') => void,
): () => void {
  const timer = setTimeout(() => onOver('time'), time)
  const watch = setInterval(() => {
    if (memoryOf(child.pid) > memory) onOver('memory')
  }, 50)
  return () => {
    clearTimeout(timer)
    clearInterval(watch)
  }
}

/** Bytes of memory a process holds, or 0 where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}
