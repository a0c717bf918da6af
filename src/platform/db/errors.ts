/** Something is wrong with the data folder or the database; the message says what to do. */
export class DatabaseSetupError extends Error {
  override name = 'DatabaseSetupError'
}

/** Another living process holds the data folder. */
export class DataFolderInUseError extends DatabaseSetupError {
  override name = 'DataFolderInUseError'
  readonly pid: number | undefined

  constructor(dataFolder: string, owner: { pid: number; startedAt: string } | undefined) {
    const who = owner ? `process ${owner.pid}, since ${owner.startedAt}` : 'another process'
    const stop = owner ? `stop it (kill ${owner.pid})` : 'stop it'
    super(
      `The data folder ${dataFolder} is in use by ${who}. Either ${stop}, or give this hub a folder of its own by HUB_DATA.`,
    )
    this.pid = owner?.pid
  }
}

/** The data folder cannot be made, or not be written to. */
export class DataFolderNotWritableError extends DatabaseSetupError {
  override name = 'DataFolderNotWritableError'

  constructor(dataFolder: string, code: string) {
    super(
      `The data folder ${dataFolder} cannot be written to (${code}). Make it writable for the user that runs the hub ` +
        `(for example: chown -R "$(id -un)" ${dataFolder}), or choose another by HUB_DATA.`,
    )
  }
}

/** The cluster was made by another major version of PostgreSQL. */
export class DataFolderVersionError extends DatabaseSetupError {
  override name = 'DataFolderVersionError'

  constructor(folder: string, found: string, needed: string) {
    super(
      `${folder} was made by PostgreSQL ${found}; this release runs PostgreSQL ${needed}. Nothing was changed. Run the release ` +
        `of the hub that made it, or move the folder aside to begin an empty one.`,
    )
  }
}

/** The cluster lacks a part it cannot be without. */
export class DataFolderDamagedError extends DatabaseSetupError {
  override name = 'DataFolderDamagedError'

  constructor(folder: string, missing: string) {
    super(
      `${folder} is not whole: ${missing} is missing. Nothing was changed. Move the folder aside, then put the latest copy ` +
        `of the data folder in its place, or start the hub to begin an empty one.`,
    )
  }
}

/** The database cannot be reached within the time that was given. */
export class DatabaseUnreachableError extends DatabaseSetupError {
  override name = 'DatabaseUnreachableError'
}

/** The database holds migrations that this release does not know. */
export class DataNewerThanProgramError extends DatabaseSetupError {
  override name = 'DataNewerThanProgramError'

  constructor(unknown: readonly string[]) {
    super(
      `The data is newer than this program: it holds ${unknown.join(', ')}, which this release does not know. ` +
        `Run the newer release again, or put back the copy made before the upgrade.`,
    )
  }
}
