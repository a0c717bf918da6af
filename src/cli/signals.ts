/** Waits for SIGTERM or Ctrl-C: a promise, and a signal that ends waiting elsewhere. A second one ends the process at once. */
export function untilStopped(): { promise: Promise<void>; signal: AbortSignal } {
  const stop = new AbortController()
  const { promise, resolve } = Promise.withResolvers<void>()
  stop.signal.addEventListener('abort', () => resolve(), { once: true })
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort())
  return { promise, signal: stop.signal }
}
