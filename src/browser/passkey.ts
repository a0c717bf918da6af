/**
 * `<passkey-sign-in action="/fr/sign-in/passkey" to="/fr/…" label="…" failed="…">` and
 * `<passkey-add action="/fr/account/passkeys" label="…" name="…" failed="…">`
 * A button that signs in with a passkey, or makes one. Browsers that know none show nothing.
 */
abstract class PasskeyElement extends HTMLElement {
  connectedCallback(): void {
    if (!('PublicKeyCredential' in window) || this.querySelector('button')) return
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button plain'
    button.textContent = this.getAttribute('label')
    button.addEventListener('click', () => void this.press(button))
    this.append(...this.fields(), button)
  }

  protected fields(): HTMLElement[] {
    return []
  }

  /** What pressing the button does; false: it did not go well. */
  protected abstract act(action: string): Promise<boolean>

  private async press(button: HTMLButtonElement): Promise<void> {
    this.querySelector('[role=alert]')?.remove()
    button.disabled = true
    const went = await this.act(this.getAttribute('action') ?? '').catch(() => false)
    button.disabled = false
    if (went) return
    const note = document.createElement('p')
    note.className = 'notice warning'
    note.setAttribute('role', 'alert')
    note.textContent = this.getAttribute('failed')
    this.append(note)
  }
}

class PasskeySignIn extends PasskeyElement {
  protected async act(action: string): Promise<boolean> {
    const publicKey = readRequest(await send(`${action}/options`, {}))
    const credential = await navigator.credentials.get({ publicKey })
    if (!(credential instanceof PublicKeyCredential)) return false
    const { to } = await send(action, { to: this.getAttribute('to'), response: writeOut(credential) })
    if (typeof to !== 'string') return false
    location.assign(to)
    return true
  }
}

class PasskeyAdd extends PasskeyElement {
  protected override fields(): HTMLElement[] {
    const field = document.createElement('div')
    field.className = 'field'
    const label = document.createElement('label')
    const input = document.createElement('input')
    input.id = 'passkey-name'
    input.maxLength = 80
    label.htmlFor = input.id
    label.textContent = this.getAttribute('name')
    field.append(label, input)
    return [field]
  }

  protected async act(action: string): Promise<boolean> {
    const publicKey = readCreation(await send(`${action}/options`, {}))
    const credential = await navigator.credentials.create({ publicKey })
    if (!(credential instanceof PublicKeyCredential)) return false
    const name = this.querySelector('input')?.value ?? ''
    await send(`${action}/add`, { name, response: writeOut(credential) })
    location.reload()
    return true
  }
}

type Json = Record<string, unknown>

async function send(action: string, body: Json): Promise<Json> {
  const answer = await fetch(action, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const json: unknown = await answer.json()
  if (!answer.ok || typeof json !== 'object' || json === null) throw new Error(String(answer.status))
  return json as Json
}

function readRequest({ options }: Json): PublicKeyCredentialRequestOptions {
  const json = options as PublicKeyCredentialRequestOptionsJSON
  if ('parseRequestOptionsFromJSON' in PublicKeyCredential) return PublicKeyCredential.parseRequestOptionsFromJSON(json)
  const { challenge, allowCredentials = [], rpId, timeout, userVerification } = json
  return {
    challenge: toBytes(challenge),
    allowCredentials: allowCredentials.map(({ id }) => ({ id: toBytes(id), type: 'public-key' })),
    ...(rpId !== undefined && { rpId }),
    ...(timeout !== undefined && { timeout }),
    userVerification: userVerification === 'required' ? 'required' : 'preferred',
  }
}

function readCreation({ options }: Json): PublicKeyCredentialCreationOptions {
  const json = options as PublicKeyCredentialCreationOptionsJSON
  if ('parseCreationOptionsFromJSON' in PublicKeyCredential) {
    return PublicKeyCredential.parseCreationOptionsFromJSON(json)
  }
  const { challenge, user, excludeCredentials = [], rp, pubKeyCredParams } = json
  return {
    rp,
    pubKeyCredParams: pubKeyCredParams.map(({ alg }) => ({ alg, type: 'public-key' })),
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: excludeCredentials.map(({ id }) => ({ id: toBytes(id), type: 'public-key' })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  }
}

/** Browsers from before 2025 do not. */
const canWriteOut = (credential: object): boolean => 'toJSON' in credential

function writeOut(credential: PublicKeyCredential): Json {
  if (canWriteOut(credential)) return { ...credential.toJSON() }
  const { id, rawId, type, response } = credential
  const common = { id, rawId: toText(rawId), type, clientExtensionResults: credential.getClientExtensionResults() }
  const clientDataJSON = toText(response.clientDataJSON)
  if (response instanceof AuthenticatorAttestationResponse) {
    return { ...common, response: { clientDataJSON, attestationObject: toText(response.attestationObject) } }
  }
  if (!(response instanceof AuthenticatorAssertionResponse)) return common
  const { authenticatorData, signature, userHandle } = response
  return {
    ...common,
    response: {
      clientDataJSON,
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      ...(userHandle && { userHandle: toText(userHandle) }),
    },
  }
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

function toText(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

customElements.define('passkey-sign-in', PasskeySignIn)
customElements.define('passkey-add', PasskeyAdd)
