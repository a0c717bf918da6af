import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PoolConfig } from 'pg'
import { z } from 'zod'

/** Where the embedded server of a data folder is to be reached; a file in the folder says so to the commands beside the hub. */
export const EmbeddedAddress = z.union([
  z.object({ socketFolder: z.string() }),
  z.object({ host: z.string(), port: z.number(), password: z.string() }),
])
export type EmbeddedAddress = z.infer<typeof EmbeddedAddress>

const runFolder = (dataFolder: string) => join(resolve(dataFolder), 'run')
const addressFile = (dataFolder: string) => join(runFolder(dataFolder), 'address.json')

/** The port in a Unix socket's name; clients look for `.s.PGSQL.5432` in the folder they are given as host. */
const SOCKET_NAME = '.s.PGSQL.5432'
export const socketPath = (socketFolder: string) => join(socketFolder, SOCKET_NAME)

/** In bytes: `sun_path` holds 104 on macOS and 108 on Linux, the closing zero included. */
const LONGEST_SOCKET_PATH = 103

/** A Unix socket in the data folder, or nothing where there are none or the path is too long for one. */
export function chooseSocketFolder(
  dataFolder: string,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const folder = runFolder(dataFolder)
  const fits = Buffer.byteLength(socketPath(folder)) <= LONGEST_SOCKET_PATH
  return platform !== 'win32' && fits ? folder : undefined
}

/** An empty folder that only the hub's user can enter. */
export function prepareRunFolder(dataFolder: string): void {
  rmSync(runFolder(dataFolder), { recursive: true, force: true })
  mkdirSync(runFolder(dataFolder), { mode: 0o700 })
}

export function writeAddress(dataFolder: string, address: EmbeddedAddress): void {
  writeFileSync(addressFile(dataFolder), `${JSON.stringify(address)}\n`, { mode: 0o600 })
}

export function forgetAddress(dataFolder: string): void {
  rmSync(runFolder(dataFolder), { recursive: true, force: true })
}

/** What a running hub has written; nothing when none has, or not yet. */
export function readAddress(dataFolder: string): EmbeddedAddress | undefined {
  try {
    const address = EmbeddedAddress.safeParse(JSON.parse(readFileSync(addressFile(dataFolder), 'utf8')))
    return address.success ? address.data : undefined
  } catch {
    return undefined
  }
}

/** The address as the pg driver takes it. */
export function connectionOf(address: EmbeddedAddress): PoolConfig {
  const login = { user: 'postgres', database: 'postgres' }
  return 'socketFolder' in address
    ? { ...login, host: address.socketFolder, port: 5432 }
    : { ...login, host: address.host, port: address.port, password: address.password }
}
