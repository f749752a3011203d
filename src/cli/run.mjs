import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * `node --conditions=production src/cli/run.mjs <file.ts> [arguments]` runs a TypeScript program. It bundles our own
 * modules the first time and after each change; Node loads the libraries as they are. A loader that compiles while the
 * program runs looks at every module of every library too, and a worker then takes three times as long to start.
 *
 * `node src/cli/run.mjs --bundle <file.ts>…` only bundles, for a machine where the programs may not write to their own folder.
 */
const ROOT = resolve(import.meta.dirname, '../..')
/** In here: `<program>/<number>-<chance>/`; the highest number is in use. */
const BUNDLES = join(ROOT, '.programs')
/** Written last: a bundle without it is not whole. */
const INPUTS = 'inputs.json'

/** A module that asks where it lies is told the place of its source. */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.(tsx?|mjs)$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      if (!source.includes('import.meta.')) return undefined
      return {
        contents: source
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
          .replaceAll('import.meta.dirname', JSON.stringify(resolve(path, '..'))),
        loader: extname(path) === '.mjs' ? 'js' : extname(path).slice(1),
      }
    })
  },
}

const [node, , file = '', ...options] = process.argv
if (file === '--bundle') for (const each of options) await bundleOf(resolve(each))
else {
  const program = resolve(file)
  process.argv = [node, program, ...options]
  const folder = await bundleOf(program).catch(explain)
  await import(pathToFileURL(join(folder, 'program.js')).href)
}

function explain(error) {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
  process.stderr.write(
    `This user cannot write to ${BUNDLES}. Run "npm run build" once as the owner of ${ROOT}; then it need not.\n`,
  )
  process.exit(1)
}

/** @returns the folder of a bundle that holds what the sources say now. */
async function bundleOf(entry) {
  const home = join(BUNDLES, relative(ROOT, entry).replaceAll(/[^\w.-]+/g, '-'))
  const [newest, ...older] = bundlesIn(home)
  if (newest && isOfNow(newest)) return newest
  const number = newest ? Number(basename(newest).split('-')[0]) + 1 : 1
  const name = `${String(number).padStart(6, '0')}-${randomBytes(4).toString('hex')}`
  const draft = join(home, `draft-${name}`)
  try {
    await bundle({ entry, folder: draft })
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw error
  }
  renameSync(draft, join(home, name))
  // The one before may still be running, and loads its parts when it needs them.
  for (const folder of older) rmSync(folder, { recursive: true, force: true })
  return join(home, name)
}

/** The newest first. */
function bundlesIn(home) {
  mkdirSync(home, { recursive: true })
  return readdirSync(home)
    .filter((name) => /^\d+-/.test(name))
    .sort()
    .reverse()
    .map((name) => join(home, name))
}

function isOfNow(folder) {
  try {
    const { paths, digest } = JSON.parse(readFileSync(join(folder, INPUTS), 'utf8'))
    return digestOf(paths) === digest
  } catch {
    return false
  }
}

/** By what they say, not by when they were written: a container or a checkout writes them anew. */
function digestOf(paths) {
  const hash = createHash('sha1')
    .update(ROOT)
    .update(readFileSync(import.meta.filename))
  for (const path of paths) hash.update(path).update(readFileSync(join(ROOT, path)))
  return hash.digest('hex')
}

async function bundle({ entry, folder }) {
  const { build } = await import('esbuild')
  const { metafile } = await build({
    entryPoints: { program: entry },
    outdir: folder,
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    jsx: 'automatic',
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'error',
    plugins: [ownPlaces],
  })
  const paths = Object.keys(metafile.inputs)
  writeFileSync(join(folder, INPUTS), JSON.stringify({ paths, digest: digestOf(paths) }))
}
