/** The few messages of PostgreSQL's protocol that the listener itself sends. Source: PostgreSQL manual, "Message Formats". */

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** An ErrorResponse that ends the connection. `code` is an SQLSTATE. */
export function fatal(code: string, text: string): Buffer {
  const fields = [`SFATAL`, `VFATAL`, `C${code}`, `M${text}`].map((field) => `${field}\0`).join('')
  return message('E', Buffer.from(`${fields}\0`))
}

export const noEncryption = Buffer.from('N')
export const askPassword = message('R', int32(3))
export const sync = message('S', Buffer.alloc(0))

/** Frees a prepared statement; one that is not there is no error. */
export const close = (name: string): Buffer => message('C', Buffer.from(`S${name}\0`))

/** A StartupMessage of protocol 3.0. */
const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0')
export const startup = Buffer.concat([int32(parameters.length + 8), int32(3 << 16), parameters])

/** One simple query, as a client would send it. */
export function query(sql: string): Buffer {
  return message('Q', Buffer.from(`${sql}\0`))
}

/**
 * The engine reads a statement in one go, so `COPY … FROM STDIN` would wait for data that cannot come. A CopyFail behind
 * each such statement ends it with an error; PostgreSQL ignores the message everywhere else.
 */
export function refuseCopyFromClient(bytes: Buffer): Buffer {
  if (!/\bcopy\b[^;]*\bfrom\s+stdin\b/i.test(bytes.toString('latin1'))) return bytes
  const refusal = message(
    'f',
    Buffer.from('the embedded database takes no COPY FROM STDIN: use INSERT, or a PostgreSQL server\0'),
  )
  const endsWithSync = bytes.length >= sync.length && bytes.subarray(-sync.length).equals(sync)
  if (!endsWithSync) return Buffer.concat([bytes, refusal])
  return Buffer.concat([bytes.subarray(0, -sync.length), refusal, sync])
}
