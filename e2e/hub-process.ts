import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface HubProcess {
  readonly origin: string
  readonly pid: number
  /** Everything it has printed so far. */
  output(): string
  stop(): Promise<number | null>
}

/** A port of the loopback that nobody uses at this moment. */
async function freePort(): Promise<number> {
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
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['dist/passerelle.js', 'start'], {
    env: { ...process.env, HUB_LOG: 'warn', HUB_ORIGIN: origin, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const deadline = Date.now() + 60_000
  while (!(await isReady(origin))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The hub did not start:\n${printed}`)
    await pause(50)
  }
  return {
    origin,
    pid: child.pid ?? 0,
    output: () => printed,
    stop: async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      return ended
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
