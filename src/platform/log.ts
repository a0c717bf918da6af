import { pino, destination, type Logger } from 'pino'

export type Log = Logger

export type LogOptions = {
  level: string
  /** File descriptor or path; standard output when missing. */
  to?: number | string
  /** Gathers lines and writes them together at least once a second: for a busy hub's access log. */
  buffered?: boolean
}

/**
 * The hub's log: a JSON object per line, `time` in milliseconds of UTC. Nobody logs addresses of people or of their machines,
 * query values or bodies.
 */
export function createLog({ level, to = 1, buffered = false }: LogOptions): Log {
  const stream = destination({
    dest: to,
    sync: !buffered,
    ...(buffered ? { minLength: 4096, periodicFlush: 1000, maxLength: 8_000_000 } : {}),
  })
  return pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, stream)
}

/** An error as the log keeps it: name, message and stack, never the values it was thrown about. */
export function describeError(error: unknown): { name: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { name: 'NotAnError', message: String(error) }
  const { name, message, stack } = error
  return stack === undefined ? { name, message } : { name, message, stack }
}
