/** Namespaces of XLIFF 2.0 and 2.1 (OASIS): the core and the metadata module. */
export const xliffNamespace = 'urn:oasis:names:tc:xliff:document:2.0'
export const metadataNamespace = 'urn:oasis:names:tc:xliff:metadata:2.0'

/** The group of metadata in which a unit tells what the hub had when it was written. */
export const category = 'passerelle'

/** Bytes of the largest file that is read, and so of the largest that is written. */
export const mostBytes = 10_000_000

/** One text on its way out: its source, what there is of it in the target language, and how far that is. */
export interface UnitOut {
  readonly field: string
  /** What a person calls the field. */
  readonly label: string
  readonly source: string
  readonly sourceHash: string
  readonly target: string | null
  readonly state: 'missing' | 'behind' | 'machine' | 'current'
}

/** One record on its way out. */
export interface FileOut {
  readonly recordId: string
  /** Where a translator can look at it. */
  readonly address: string
  readonly name: string
  readonly units: readonly UnitOut[]
}

/** One text on its way back. */
export interface UnitIn {
  readonly recordId: string
  readonly field: string
  /** Line of its unit in the file. */
  readonly line: number
  readonly source: string
  /** Null when nothing in it is translated. */
  readonly target: string | null
  /** Only some of its segments are translated. */
  readonly isPartial: boolean
  /** Every segment says that somebody has reviewed it. */
  readonly isReviewed: boolean
  /** It holds codes that the hub did not write and cannot put into a text. */
  readonly hasCodes: boolean
  /** Fingerprints of source and target when the hub wrote the file; undefined: the file does not tell. */
  readonly sourceHash: string | undefined
  readonly targetHash: string | undefined
}
