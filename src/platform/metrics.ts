import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Upper bounds in seconds, around the budgets of 1 ms from the cache and 15 ms otherwise. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export type Answered = { route: string; method: string; status: number; seconds: number }

export type Metrics = {
  /** An answer that a handler made. */
  answered: (answer: Answered) => void
  /** An answer straight from the page cache or the assets. */
  answeredFromMemory: (route: string, status: number) => void
  cacheMissed: () => void
  /** A database query that took so many milliseconds. */
  queried: (milliseconds: number) => void
  jobEnded: (name: string, outcome: 'done' | 'failed') => void
  /** A number that is asked for when somebody reads the metrics; watched again, the last one counts. */
  watch: (name: string, help: string, read: () => number) => void
  /** The text that Prometheus reads, and its content type. */
  read: () => Promise<{ body: string; contentType: string }>
}

/** The hub's numbers, in Prometheus' text format 0.0.4. Each call has a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'hub_http_requests_total',
    help: 'Answers that a handler made, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'hub_http_request_seconds',
    help: 'Time to answer of requests that a handler answered',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  })
  const misses = new Counter({ name: 'hub_page_cache_misses_total', help: 'Pages that had to be made', registers })
  const queries = new Histogram({
    name: 'hub_database_query_seconds',
    help: 'Time of database queries',
    buckets: SECONDS,
    registers,
  })
  const jobs = new Counter({
    name: 'hub_jobs_total',
    help: 'Runs of jobs, by name and outcome',
    labelNames: ['name', 'outcome'],
    registers,
  })
  return {
    answered: ({ route, method, status, seconds }) => {
      requests.inc({ route, method, status: String(status) })
      durations.observe({ route }, seconds)
    },
    ...countMemory(registers),
    cacheMissed: () => misses.inc(),
    queried: (milliseconds) => queries.observe(milliseconds / 1000),
    jobEnded: (name, outcome) => jobs.inc({ name, outcome }),
    watch: (name, help, read) => {
      registry.removeSingleMetric(name)
      const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) })
    },
    read: async () => ({ body: await registry.metrics(), contentType: registry.contentType }),
  }
}

/** Hits come by the ten thousand a second: they are added up in a map, and told to Prometheus when it asks. */
function countMemory(registers: Registry[]): Pick<Metrics, 'answeredFromMemory'> {
  const counts = new Map<string, Map<number, number>>()
  const counter: Counter<'route' | 'status'> = new Counter({
    name: 'hub_http_memory_answers_total',
    help: 'Answers given straight from the page cache or the assets, by route and status',
    labelNames: ['route', 'status'],
    registers,
    collect: () => {
      for (const [route, statuses] of counts) {
        for (const [status, count] of statuses) counter.inc({ route, status: String(status) }, count)
        statuses.clear()
      }
    },
  })
  return {
    answeredFromMemory: (route, status) => {
      let statuses = counts.get(route)
      if (!statuses) counts.set(route, (statuses = new Map()))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    },
  }
}
