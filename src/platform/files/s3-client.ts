import { createReadStream } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import type { S3Address } from './s3-address.ts'
import { StorageError } from './store.ts'

/** Where files are kept, and by whose leave. */
export interface S3Place extends S3Address {
  readonly key: string
  readonly secret: string
  /** Milliseconds that an answer may take, beside the time its bytes need. */
  readonly patience?: number
}

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly name: string
  readonly headers?: Readonly<Record<string, string>>
  /** A file to send. */
  readonly file?: { readonly path: string; readonly bytes: number }
}

const CHUNK = 262_144
const PATIENCE = 20_000
/** Bytes in a second below which sending is taken for stuck. */
const LEAST_RATE = 50_000
const RETRIES = [200, 1500] as const

/**
 * Asks the storage: a signed request (AWS Signature Version 4), twice more when it does not answer or says that it cannot now. All that
 * is asked may be asked again: names follow from content. Resolves to answers below 300, 404 of a file and 416; else `StorageError`.
 */
export async function askS3(place: S3Place, request: S3Request): Promise<Response> {
  for (const wait of [...RETRIES, null]) {
    const answer = await sendOnce(place, request)
    if (answer instanceof Response && answer.ok) return answer
    const isPassing = !(answer instanceof Response) || answer.status >= 500 || answer.status === 429
    if (!isPassing || wait === null) return judge(place, answer)
    if (answer instanceof Response) await answer.body?.cancel()
    await pause(wait)
  }
  throw new StorageError(`${nameOf(place)} was not asked`)
}

async function sendOnce(place: S3Place, { method, name, headers = {}, file }: S3Request): Promise<Response | Error> {
  const { endpoint, bucket, prefix, region, key, secret, patience = PATIENCE } = place
  const signer = new AwsV4Signer({
    method,
    url: `${endpoint}/${bucket}/${prefix}${name}`,
    headers: { ...headers },
    accessKeyId: key,
    secretAccessKey: secret,
    region,
    service: 's3',
  })
  const signed = await signer.sign()
  const signal = AbortSignal.timeout(patience + Math.ceil(((file?.bytes ?? 0) / LEAST_RATE) * 1000))
  const body = file && streamOf(file.path)
  if (file) signed.headers.set('content-length', String(file.bytes))
  try {
    const sent = body && { body, duplex: 'half' as const }
    return await fetch(signed.url, { method, headers: signed.headers, redirect: 'manual', signal, ...sent })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** A file as a stream that is read no faster than it is sent; when that breaks off, the file is closed. */
function streamOf(path: string): ReadableStream<Uint8Array> {
  const file: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: CHUNK })
  const parts = file[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await parts.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** What is behind an answer that is none of those hoped for. */
async function judge(place: S3Place, answer: Response | Error): Promise<Response> {
  const where = nameOf(place)
  if (!(answer instanceof Response)) {
    if (answer.name === 'TimeoutError') throw new StorageError(`${where} did not answer in time.`)
    throw new StorageError(`${where} cannot be reached (${causeOf(answer)}). Is it running, and is FILES_URL right?`)
  }
  if (answer.status === 416) return answer
  const text = (await answer.text().catch(() => '')).slice(0, 4000)
  const code = /<Code>(\w{1,60})<\/Code>/.exec(text)?.[1] ?? ''
  if (answer.status === 404 && code !== 'NoSuchBucket') return answer
  const said = `${answer.status}${code && ` ${code}`}`
  if (answer.status === 404)
    throw new StorageError(`${where} has no bucket “${place.bucket}”. Make it, or correct FILES_URL.`)
  if (answer.status === 401 || answer.status === 403) {
    const advice =
      'Look at FILES_KEY and FILES_SECRET, and at what the key may do: list the bucket, read, write, delete.'
    throw new StorageError(`${where} refuses the key for the bucket “${place.bucket}” (${said}). ${advice}`)
  }
  throw new StorageError(`${where} answered ${said}.`)
}

const nameOf = ({ endpoint }: S3Place) => `The file storage at ${endpoint}`

function causeOf({ cause, message }: Error): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.message : message
}
