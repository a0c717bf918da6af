export interface FileTable {
  sha256: string
  bytes: number
  /** By its content; what a browser is told is decided from it. */
  type: string
  /** As it was called when it came. */
  name: string | null
  created_at: string
}

/** Somebody sent a file. */
export interface UploadTable {
  sha256: string
  user_id: string
  at: string
}

export interface FileTables {
  file: FileTable
  upload: UploadTable
}
