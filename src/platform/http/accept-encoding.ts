/** How bytes of an answer can be packed; `identity` is not at all. */
export type Coding = 'br' | 'gzip' | 'identity'

/** On equal quality, the smaller bytes first. */
const preferred: readonly Coding[] = ['br', 'gzip', 'identity']
const item = /^\s*([!#$%&'*+\-.^_`|~\w]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i

/**
 * The codings a reader takes, best first (RFC 9110 §12.5.3). When every one of ours is refused, identity is sent all the same:
 * a page that can perhaps be read serves better than a 406.
 */
export function acceptedCodings(header: string | undefined): readonly Coding[] {
  if (header === undefined || header.trim() === '') return ['identity']
  const qualities = readQualities(header)
  const others = qualities.get('*')
  // RFC 9110: identity is acceptable unless refused, but what is named is preferred to it.
  const quality = (coding: Coding) =>
    qualities.get(coding) ?? (coding === 'identity' ? (others === 0 ? 0 : 0.0001) : (others ?? 0))
  const accepted = preferred.filter((coding) => quality(coding) > 0)
  return accepted.length === 0 ? ['identity'] : accepted.sort((one, other) => quality(other) - quality(one))
}

function readQualities(header: string): Map<string, number> {
  const qualities = new Map<string, number>()
  for (const part of header.slice(0, 500).split(',')) {
    const match = item.exec(part)
    if (!match?.[1]) continue
    const name = match[1].toLowerCase()
    qualities.set(name === 'x-gzip' ? 'gzip' : name, match[2] === undefined ? 1 : Number(match[2]))
  }
  return qualities
}

const remembered = new Map<string, readonly Coding[]>()

/** `acceptedCodings`, remembered: browsers send a handful of headers over and over. */
export function rememberedCodings(header: string | undefined): readonly Coding[] {
  const key = header ?? ''
  const known = remembered.get(key)
  if (known) return known
  const codings = acceptedCodings(header)
  if (remembered.size < 200 && key.length < 200) remembered.set(key, codings)
  return codings
}
