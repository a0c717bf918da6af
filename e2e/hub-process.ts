import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A hub that may not be ready yet, or never will be. */
export interface LaunchedHub {
  readonly origin: string
  readonly pid: number
  /** Everything it has printed so far. */
  output(): string
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** Resolves when pages can be served; rejects with what it printed when that does not come. */
  ready(): Promise<void>
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>
  kill(): Promise<void>
}

export type HubProcess = Omit<LaunchedHub, 'ready'>

/** A port of the loopback that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
  })
  return promise
}

/** Starts the built hub as a process of its own and waits until it is ready. */
export async function startHub(env: Readonly<Record<string, string>>): Promise<HubProcess> {
  const hub = await launchHub(env)
  await hub.ready()
  return hub
}

/** Starts the built hub as a process of its own, as `npm start` does, on a free port unless told another. */
export async function launchHub(env: Readonly<Record<string, string>>): Promise<LaunchedHub> {
  const port = env['PORT'] ?? String(await freePort())
  const origin = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'dist/passerelle.js', 'start'], {
    env: { ...process.env, HUB_LOG: 'warn', HUB_ORIGIN: origin, PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  // Not `exit`: what it printed last may come after that.
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    origin,
    pid: child.pid ?? 0,
    output: () => printed,
    ended,
    ready: async () => {
      const deadline = Date.now() + 60_000
      // Pages are served a moment before the last word is said: the first administrator's link comes with it.
      while (!(await isReady(origin)) || !printed.includes('The hub is open at')) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The hub did not start:\n${printed}`)
        await pause(50)
      }
    },
    stop: async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      return ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok
  } catch {
    return false
  }
}
