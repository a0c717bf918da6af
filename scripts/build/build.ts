import { hash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join, relative } from 'node:path'
import type { BuildOptions, Metafile } from 'esbuild'
import { isFresh, writeStamp } from './stamp.ts'

const root = join(import.meta.dirname, '../..')

/** Programs that Node runs: the command line, and what runs in threads and processes of its own. */
const programs: Readonly<Record<string, string>> = {
  passerelle: 'src/cli/main.ts',
  'embedded-server': 'src/platform/db/embedded/server.ts',
  'pdf-process': 'src/platform/pdf/compile-process.ts',
  'reading-process': 'src/platform/documents/reading-process.ts',
  'media-process': 'src/platform/media/media-process.ts',
  'catalogue-process': 'src/features/library/catalogue/catalogue-process.ts',
}

/** Packages that bring files of their own, beside which they must stay: WebAssembly, fonts, native code. `pg-native` is not installed. */
const unbundled = [
  '@electric-sql/*',
  '@embedpdf/*',
  '@expo-google-fonts/*',
  '@jsquash/*',
  '@myriaddreamin/*',
  'pg-native',
]

/** What browsers fetch, under plain names that the manifest turns into those with a hash. */
const assets: Readonly<Record<string, string>> = {
  hub: 'src/browser/main.ts',
  'hub-style': 'src/ui/styles/hub.css',
  recording: 'src/browser/recording.ts',
  'transcript-editor': 'src/browser/transcript-editor.ts',
  desk: 'src/browser/desk.ts',
  'desk-style': 'src/ui/styles/desk.css',
}
const staticFolder = join(root, 'src/ui/static')

export type BuildSettings = {
  /** `dist` of the package when missing. */
  outDir?: string
  /** Leaves the programs out: tests need the assets alone. */
  only?: 'assets'
  /** Builds even when nothing has changed. */
  force?: boolean
}

/** Bundles programs and assets. `fresh` when nothing has changed since; faults are printed with file and line. */
export async function build(settings: BuildSettings = {}): Promise<'built' | 'fresh' | 'failed'> {
  const { outDir = join(root, 'dist'), only, force = false } = settings
  const stamp = join(outDir, only ? `.built-${only}.json` : '.built.json')
  if (!force && (await isFresh(stamp, root))) return 'fresh'
  const metafiles: Metafile[] = []
  try {
    const { build: bundle } = await import('esbuild')
    await mkdir(outDir, { recursive: true })
    const assetsFolder = join(outDir, 'assets')
    const runs = [bundle(assetOptions(assetsFolder)), ...(only ? [] : [bundle(programOptions(outDir))])]
    for (const { metafile } of await Promise.all(runs)) if (metafile) metafiles.push(metafile)
    if (!only) {
      await chmod(join(outDir, 'passerelle.js'), 0o755)
      await removeParts(outDir, metafiles[1])
    }
    const copied = await copyStatic(assetsFolder)
    const manifest = { ...manifestOf(metafiles[0]), ...copied }
    await removeOthers(assetsFolder, new Set(Object.values(manifest)))
    await writeFile(join(assetsFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  } catch (error) {
    // esbuild has already printed where each fault is.
    if (!(error instanceof Error && 'errors' in error)) console.error(error)
    return 'failed'
  }
  // Packages change with an installation, which writes down what it did.
  const inputs = metafiles
    .flatMap((metafile) => Object.keys(metafile.inputs))
    .filter((input) => !input.startsWith('node_modules/'))
  await writeStamp(stamp, root, [...inputs, ...(await listFiles(staticFolder)).map((file) => relative(root, file))])
  return 'built'
}

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  format: 'esm',
}

function programOptions(outDir: string): BuildOptions {
  return {
    ...shared,
    entryPoints: Object.entries(programs).map(([out, file]) => ({ in: file, out })),
    outdir: outDir,
    platform: 'node',
    target: 'node26',
    // Packages go in as well: a thousand small files are found and compiled one by one at every start.
    external: unbundled,
    // Some of them are CommonJS and ask for parts of Node this way.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    sourcemap: 'linked',
    sourcesContent: false,
    // What is imported when it is needed stays a file of its own, so that a hub at rest does not hold it.
    splitting: true,
    chunkNames: 'part-[hash]',
  }
}

function assetOptions(outDir: string): BuildOptions {
  return {
    ...shared,
    entryPoints: Object.entries(assets).map(([out, file]) => ({ in: file, out })),
    outdir: outDir,
    platform: 'browser',
    // Every browser of the last five years: phones in the field are old.
    target: ['es2021', 'chrome100', 'firefox100', 'safari15'],
    minify: true,
    entryNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
  }
}

/** `hub.css` → `hub-style.3F2A….css`. What a style sheet brings along, such as a font, goes by the name it has. */
function manifestOf(metafile: Metafile | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metafile?.outputs ?? {}).map(([file, { entryPoint }]) => {
      const name = Object.entries(assets).find(([, entry]) => entry === entryPoint)?.[0]
      return [name ? `${name.replace(/-style$/, '')}${extname(file)}` : basename(file), basename(file)]
    }),
  )
}

/** Pictures and fonts as they are, each with the hash of its content in its name. */
async function copyStatic(assetsFolder: string): Promise<Record<string, string>> {
  const copied: Record<string, string> = {}
  for (const file of await listFiles(staticFolder)) {
    const content = await readFile(file)
    const extension = extname(file)
    const name = `${basename(file, extension)}.${hash('sha256', content, 'hex').slice(0, 8).toUpperCase()}${extension}`
    await writeFile(join(assetsFolder, name), content)
    copied[basename(file)] = name
  }
  return copied
}

/** Removes the parts of earlier builds. */
async function removeParts(outDir: string, metafile: Metafile | undefined): Promise<void> {
  const made = new Set(Object.keys(metafile?.outputs ?? {}).map((file) => basename(file)))
  const old = (await readdir(outDir)).filter((name) => /^part-\w+\.js(\.map)?$/.test(name) && !made.has(name))
  await Promise.all(old.map((name) => rm(join(outDir, name))))
}

async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const others = (await readdir(folder)).filter((name) => !kept.has(name))
  await Promise.all(others.map((name) => rm(join(folder, name), { recursive: true })))
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
