const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
])
const networkCalls = new Set(['connect', 'read', 'write', 'getaddrinfo'])
/** What pg and its pool say without a code when a connection cannot be had or has gone. */
const poolMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/
/** SQLSTATE classes of PostgreSQL for connections, shutting down, and too many of them. */
const serverCodes = /^(08|57P0|53300)/

/** Whether an error says that the database cannot be reached at this moment, so that waiting helps: 503, not 500. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway)
  if (poolMessages.test(error.message)) return true
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (networkCodes.has(code))
    return 'syscall' in error && typeof error.syscall === 'string' && networkCalls.has(error.syscall)
  return serverCodes.test(code)
}
