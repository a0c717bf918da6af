import type { Pool } from 'pg'
import type { JobState } from './jobs.ts'

const LISTED = 100

interface Row {
  readonly id: string
  readonly name: string
  readonly state: JobState['state']
  readonly retries: number
  readonly created: string
  readonly completed: string | null
  readonly error: string | null
  readonly done: number | null
  readonly total: number | null
}

/** The newest jobs of some names, newest first, in one query. */
export async function listJobs(
  { pool, schema = 'jobs' }: { readonly pool: Pool; readonly schema?: string },
  names: readonly string[],
): Promise<JobState[]> {
  const { rows } = await pool.query<Row>(
    `select job.id::text, name, state::text, retry_count as retries, created_on as created, completed_on as completed,
       case when state in ('failed', 'retry') then output ->> 'message' end as error, done, total
     from "${schema}".job left join job_progress on job_id = job.id::text
     where name = any($1) order by created_on desc, job.id limit ${LISTED}`,
    [names],
  )
  return rows.map(({ id, name, state, retries, created, completed, error, done, total }) => ({
    id,
    name,
    state,
    attempts: state === 'created' ? 0 : retries + 1,
    createdAt: created,
    endedAt: completed,
    error,
    progress: done === null || total === null ? null : { done, total },
  }))
}
