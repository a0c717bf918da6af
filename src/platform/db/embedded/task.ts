import { z } from 'zod'

/** What `server.ts` is asked to do: to serve as a thread (`workerData`), the others as a process (its only argument). */
export const Task = z.discriminatedUnion('task', [
  z.object({ task: z.literal('create'), dataFolder: z.string() }),
  z.object({ task: z.literal('template'), file: z.string() }),
  z.object({
    task: z.literal('serve'),
    /** The cluster's folder; in memory when missing. */
    folder: z.string().optional(),
    template: z.string().optional(),
    at: z.union([z.object({ socket: z.string() }), z.object({ host: z.string(), port: z.number() })]),
    password: z.string().optional(),
    idleInTransactionLimit: z.number().optional(),
  }),
])
export type EmbeddedTask = z.infer<typeof Task>

/** What the thread says: `ready` with the port it listens on (0 for a Unix socket), `done`, or why it must end. */
export const WorkerWord = z.union([
  z.object({ ready: z.number() }),
  z.object({ done: z.literal(true) }),
  z.object({ fault: z.string() }),
])
export type WorkerWord = z.infer<typeof WorkerWord>
