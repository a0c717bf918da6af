/** An upload that was begun in this browser, so that it can go on: by whom, of which file, for which field of which page. */
interface BegunUpload {
  readonly address: string
  readonly name: string
  readonly place: string
  readonly at: number
  readonly isWhole: boolean
}

const prefix = 'upload:'
/** The hub forgets what nobody goes on with after as long. */
const longest = 3 * 24 * 3600 * 1000

/** Nobody else is offered what one person began, and a file that was changed since is another. */
const keyOf = (owner: string, { name, size, lastModified }: File) => `${prefix}${owner} ${size}/${lastModified}/${name}`

/** The browser's store; null where it may not be used. */
function store(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

export function keepBegun(owner: string, file: File, begun: Omit<BegunUpload, 'at' | 'name'>): void {
  try {
    store()?.setItem(keyOf(owner, file), JSON.stringify({ ...begun, name: file.name, at: Date.now() }))
  } catch {
    // The browser's room for this hub is full: the file is sent all the same.
  }
}

export const forgetBegun = (owner: string, file: File): void => store()?.removeItem(keyOf(owner, file))

export const findBegun = (owner: string, file: File): BegunUpload | null => read(keyOf(owner, file))

/** What somebody began for a field and did not send to its end. */
export function listBroken(owner: string, place: string): { key: string; begun: BegunUpload }[] {
  const keys = Object.keys(store() ?? {}).filter((key) => key.startsWith(prefix))
  return keys.flatMap((key) => {
    const begun = read(key)
    if (!begun) store()?.removeItem(key)
    const isTheirs = key.startsWith(`${prefix}${owner} `) && begun?.place === place && !begun.isWhole
    return isTheirs ? [{ key, begun }] : []
  })
}

export const forgetKey = (key: string): void => store()?.removeItem(key)

function read(key: string): BegunUpload | null {
  try {
    const begun: unknown = JSON.parse(store()?.getItem(key) ?? 'null')
    return isBegun(begun) && Date.now() - begun.at < longest ? begun : null
  } catch {
    return null
  }
}

function isBegun(value: unknown): value is BegunUpload {
  const { address, name, place, at }: Partial<Record<keyof BegunUpload, unknown>> = Object(value)
  return [address, name, place].every((one) => typeof one === 'string') && typeof at === 'number'
}
