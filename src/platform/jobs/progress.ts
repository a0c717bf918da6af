import type { Pool } from 'pg'

/** Milliseconds between two writings. */
const EVERY = 1000

/** Writes down how far one job is, while it runs. */
export function createProgress(pool: Pool, jobId: string) {
  let toldAt = -Infinity
  let isTold = false
  return {
    tell: async (done: number, total: number): Promise<void> => {
      if (performance.now() - toldAt < EVERY && done < total) return
      toldAt = performance.now()
      isTold = true
      await pool.query(
        `insert into job_progress (job_id, done, total, updated_at) values ($1, $2, $3, now())
         on conflict (job_id) do update set done = $2, total = $3, updated_at = now()`,
        [jobId, done, total],
      )
    },
    forget: async (): Promise<void> => {
      if (isTold) await pool.query('delete from job_progress where job_id = $1', [jobId])
    },
  }
}
