/** What a section of a seminar page is about. */
export type SectionKind =
  | 'title'
  | 'dates'
  | 'time'
  | 'objectives'
  | 'format'
  | 'audiences'
  | 'background'
  | 'agenda'
  | 'recordings'
  | 'presentation'
  | 'registration'
  | 'publication'
  | 'place'
  | 'languages'
  | 'other'

/** Headings of one language, folded (see fold.ts): no capitals, no accents. */
export type HeadingTable = Readonly<Record<SectionKind, readonly string[]>>
