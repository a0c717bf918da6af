interface KnownType {
  readonly type: string
  readonly extensions: readonly string[]
  /** Browsers show it by themselves and run nothing of it. */
  readonly inline?: true
  readonly charset?: true
  /** What browsers know it as, where that is another name. */
  readonly told?: string
}

const office = 'application/vnd.openxmlformats-officedocument'
const open = 'application/vnd.oasis.opendocument'

/**
 * The types that the hub takes, and what a browser is told of them. SVG and XML are not among them, and a web page goes out as bytes to be
 * saved: they could run script in the hub's name.
 */
const knownTypes: readonly KnownType[] = [
  { type: 'application/pdf', extensions: ['pdf'], inline: true },
  { type: 'image/png', extensions: ['png'], inline: true },
  { type: 'image/jpeg', extensions: ['jpg', 'jpeg'], inline: true },
  { type: 'image/gif', extensions: ['gif'], inline: true },
  { type: 'image/webp', extensions: ['webp'], inline: true },
  { type: 'image/avif', extensions: ['avif'], inline: true },
  { type: 'audio/mpeg', extensions: ['mp3'], inline: true },
  { type: 'audio/mp4', extensions: ['m4a', 'mp4'], inline: true },
  { type: 'audio/x-m4a', extensions: ['m4a'], inline: true, told: 'audio/mp4' },
  { type: 'audio/ogg', extensions: ['ogg', 'oga', 'opus'], inline: true },
  { type: 'audio/wav', extensions: ['wav'], inline: true },
  { type: 'audio/flac', extensions: ['flac'], inline: true },
  { type: 'video/mp4', extensions: ['mp4', 'm4v'], inline: true },
  { type: 'video/x-m4v', extensions: ['m4v'], inline: true, told: 'video/mp4' },
  { type: 'video/webm', extensions: ['webm'], inline: true },
  { type: 'video/ogg', extensions: ['ogv'], inline: true },
  { type: 'application/vnd.apple.mpegurl', extensions: ['m3u8'], inline: true },
  { type: 'text/plain', extensions: ['txt', 'text', 'srt'], inline: true, charset: true },
  { type: 'text/vtt', extensions: ['vtt'], inline: true, charset: true },
  { type: 'text/csv', extensions: ['csv'], charset: true },
  { type: 'text/markdown', extensions: ['md'], charset: true },
  { type: 'text/calendar', extensions: ['ics'], charset: true },
  { type: `${office}.wordprocessingml.document`, extensions: ['docx'] },
  { type: `${office}.spreadsheetml.sheet`, extensions: ['xlsx'] },
  { type: `${office}.presentationml.presentation`, extensions: ['pptx'] },
  { type: `${open}.text`, extensions: ['odt'] },
  { type: `${open}.spreadsheet`, extensions: ['ods'] },
  { type: `${open}.presentation`, extensions: ['odp'] },
  { type: 'application/epub+zip', extensions: ['epub'] },
  { type: 'text/html', extensions: ['html', 'htm', 'xhtml'], told: 'application/octet-stream' },
  { type: 'application/zip', extensions: ['zip'] },
]

const byType = new Map(knownTypes.map((known) => [known.type, known]))

/** What a browser is told of a file: a type from the list above, or bytes to be saved. */
export function servedAs(type: string): { readonly contentType: string; readonly inline: boolean } {
  const known = byType.get(type)
  if (!known) return { contentType: 'application/octet-stream', inline: false }
  const contentType = known.told ?? known.type
  return { contentType: known.charset ? `${contentType}; charset=utf-8` : contentType, inline: known.inline ?? false }
}

/** A type as people call it: `PDF`; null for one that the hub does not know. */
export function typeName(type: string): string | null {
  return byType.get(type)?.extensions[0]?.toUpperCase() ?? null
}

/** The ends of names that the types of the list go by, as a file field accepts them. */
export function knownExtensions(): string {
  return [...new Set(knownTypes.flatMap(({ extensions }) => extensions))].map((one) => `.${one}`).join(',')
}

/** Whether the end of a file's name is one that its type goes by. */
export function isNamedLike(name: string, type: string): boolean {
  return byType.get(type)?.extensions.includes(extensionOf(name)) ?? false
}

/** The end of a name in small letters, without the dot; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}
