/** Where in which storage files are kept. */
export interface S3Address {
  /** `https://s3.example.org:9000` */
  readonly endpoint: string
  readonly bucket: string
  /** Before the name of each file: empty, or with a slash at its end. */
  readonly prefix: string
  readonly region: string
}

const form = /^s3:\/\/[^\s/@?#]+\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/\w[\w.-]*)*\/?(\?[\w=&-]*)?$/

/** Reads `s3://host:port/bucket/prefix?region=…&tls=off`; null when it is none, or says more. */
export function readS3Address(text: string): S3Address | null {
  const plain = text.replace(/^s3:/, 'https:')
  if (!form.test(text) || !URL.canParse(plain)) return null
  const { host, pathname, searchParams: query } = new URL(plain)
  const region = query.get('region') ?? 'us-east-1'
  const tls = query.get('tls') ?? 'on'
  const isKnown = [...query.keys()].every((name) => name === 'region' || name === 'tls')
  if (!isKnown || region === '' || !['on', 'off'].includes(tls)) return null
  const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '')
  const endpoint = `${tls === 'off' ? 'http' : 'https'}://${host}`
  return { endpoint, bucket, prefix: folders.map((folder) => `${folder}/`).join(''), region }
}
