/** Characters of a name; with percent signs it still fits into an address, and with any letters into a folder. */
const LONGEST = 80

// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const unwanted = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g
const reserved = /[/\\:*?"<>|]/g

/**
 * A name as it may stand in an address and in a reader's folder: without a path, without control characters and those that turn the
 * direction of writing (`fdp.exe` read as `exe.pdf`), not hidden, and not long. Its ending stays.
 */
export function cleanFileName(name: string): string {
  const base = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
  const clean = base
    .replace(unwanted, '')
    .replace(reserved, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const [, stem = clean, ending = ''] = /^(.+?)(\.[A-Za-z0-9]{1,10})?$/.exec(clean) ?? []
  const short = Array.from(stem)
    .slice(0, LONGEST - ending.length)
    .join('')
    .trimEnd()
  return `${short}${ending}` || 'file'
}

/** The address of a file. */
export function fileHref(sha256: string, name: string): string {
  return `/files/${sha256}/${encodeURIComponent(name)}`
}

/** Tells a browser whether to show or to save, and under which name (RFC 6266; the second form, of RFC 8187, holds any letters). */
export function contentDisposition(name: string, inline: boolean): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const way = inline ? 'inline' : 'attachment'
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${way}; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${full}`}`
}

/**
 * What a browser may do with a file it shows: nothing but show it. Its own players ask for the file again, as the same site, and are styled
 * in the page they make. Safari shows no PDF within a sandbox; what runs inside a PDF stays there.
 */
export function filePolicy(contentType: string): string {
  const shown = "default-src 'none'; style-src 'unsafe-inline'"
  if (contentType === 'application/pdf') return shown
  if (/^(audio|video)\//.test(contentType)) return `${shown}; media-src 'self'; sandbox allow-same-origin`
  return contentType.startsWith('image/') ? `${shown}; img-src 'self'; sandbox` : "default-src 'none'; sandbox"
}

/** A file as records refer to it: which, and under which name. */
export interface FileRef {
  readonly sha256: string
  readonly name: string
}

/** A reference in one line of text, as forms and the history hold it. */
export const fileRef = ({ sha256, name }: FileRef): string => `${sha256} ${name}`

/** Reads such a line; null when it is none. */
export function readFileRef(text: string): FileRef | null {
  const [, sha256, name] = /^([0-9a-f]{64}) (.{1,200})$/.exec(text) ?? []
  return sha256 === undefined || name === undefined ? null : { sha256, name }
}
