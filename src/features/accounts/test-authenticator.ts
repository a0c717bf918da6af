import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size])
  return size < 256 ? Buffer.from([(major << 5) | 24, size]) : Buffer.from([(major << 5) | 25, size >> 8, size & 255])
}

/** As much of CBOR (RFC 8949) as an attestation has: small integers, texts, bytes, maps. */
function cbor(value: number | string | Buffer | ReadonlyMap<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const pairs = [...value].flatMap(([name, inner]) => [cbor(name), cbor(inner as Buffer)])
  return Buffer.concat([head(5, value.size), ...pairs])
}

const hash = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

export interface AuthenticatorOptions {
  /** Where the browser is; another site's page cannot say that it is the hub's. */
  readonly origin?: string
  readonly rpId?: string
  /** Whether it has asked for finger, face or PIN. */
  readonly isVerified?: boolean
}

/** A passkey on a device, as the browser's API shows it (WebAuthn level 3), with one key. */
export class TestAuthenticator {
  readonly id = randomBytes(16)
  private readonly key: { publicKey: KeyObject; privateKey: KeyObject }
  private counter = 0
  private readonly options: Required<AuthenticatorOptions>

  constructor(options: AuthenticatorOptions = {}) {
    this.key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.options = { origin: 'https://hub.example', rpId: 'hub.example', isVerified: true, ...options }
  }

  /** The answer to `navigator.credentials.create`. */
  create(challenge: string) {
    const { x = '', y = '' } = this.key.publicKey.export({ format: 'jwk' })
    const coordinates: [number, number | Buffer][] = [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]
    const length = Buffer.from([0, this.id.length])
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, cbor(new Map(coordinates))])
    const authData = Buffer.concat([this.authenticatorData(0x40), attested])
    const attestation = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    )
    return this.credential({
      clientDataJSON: this.clientData('webauthn.create', challenge).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** The answer to `navigator.credentials.get`. */
  get(challenge: string, more: AuthenticatorOptions = {}) {
    const options = { ...this.options, ...more }
    const authData = this.authenticatorData(0, options)
    const clientData = this.clientData('webauthn.get', challenge, options)
    const signature = sign('sha256', Buffer.concat([authData, hash(clientData)]), this.key.privateKey)
    return this.credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
    })
  }

  private credential<T>(response: T) {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response } as const
  }

  private authenticatorData(flags: number, { rpId, isVerified } = this.options): Buffer {
    this.counter += 1
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([hash(rpId), Buffer.from([flags | 0x01 | (isVerified ? 0x04 : 0)]), counter])
  }

  private clientData(type: string, challenge: string, { origin } = this.options): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }
}
