import { join } from 'node:path'
import { createLocalFileStore, createS3FileStore, type FileStore } from '#platform/files/index.ts'
import type { Config } from './config.ts'

export type FileStoreConfig = Pick<Config, 'HUB_DATA' | 'FILES_URL' | 'FILES_KEY' | 'FILES_SECRET'>

/** Where this hub keeps its files: in the storage of the settings, else in its data folder, in which they are received in any case. */
export function openFileStore(config: FileStoreConfig): FileStore {
  const { FILES_URL: place, FILES_KEY: key = '', FILES_SECRET: secret = '' } = config
  const folder = filesFolder(config)
  return place ? createS3FileStore({ ...place, key, secret, incoming: folder }) : createLocalFileStore(folder)
}

export const filesFolder = ({ HUB_DATA }: Pick<Config, 'HUB_DATA'>): string => join(HUB_DATA, 'files')
