export { openDatabase, type Database, type OpenOptions } from './open.ts'
export { migrate, listMigrated, type Migration } from './migrate.ts'
export { countQueries, type QueryEvent } from './queries.ts'
export { analyzeTables, isVacuumDue, readDatabaseSize, readTableWear, vacuum, type TableWear } from './maintenance.ts'
export { doctorChecks, type DatabaseDoctorOptions } from './doctor.ts'
export {
  DatabaseSetupError,
  DatabaseUnreachableError,
  DataFolderDamagedError,
  DataFolderInUseError,
  DataFolderNotWritableError,
  DataFolderVersionError,
  DataNewerThanProgramError,
} from './errors.ts'
