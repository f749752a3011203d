import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BuildError } from './BuildError.ts'
import { nextBin, nextSettings, projectRoot } from './projectRoot.ts'
import { shareChunks } from './shareChunks.ts'
import { tryLock } from './tryLock.ts'

const SOURCES = ['src', 'emails', 'payload.config.ts', 'next.config.ts', 'package.json', 'package-lock.json']
/** Next writes it last: a build that was cut off has none. */
const MARKER = join(projectRoot, '.next/export-marker.json')
const LOCK = join(projectRoot, 'node_modules/.cache/utskick/build.lock')

const REPORT_EVERY_MS = 5_000
const ASK_EVERY_MS = 500

/**
 * Builds the web application when there is no build or a source is newer than it. One process builds at a time; the
 * others wait for it and use what it has built.
 * @param report is called with the seconds that have passed, while it builds.
 * @throws BuildError when it fails.
 */
export async function ensureBuild({
  environment,
  report,
  signal,
}: {
  environment: Record<string, string | undefined>
  report: (seconds: number) => void
  /** Ends the build. */
  signal?: AbortSignal
}): Promise<'fresh' | 'built'> {
  if (isBuilt()) return 'fresh'
  const began = Date.now()
  const ticking = setInterval(() => report(Math.round((Date.now() - began) / 1000)), REPORT_EVERY_MS)
  report(0)
  try {
    await buildAlone({ environment, signal })
  } finally {
    clearInterval(ticking)
  }
  return 'built'
}

interface Build {
  environment: Record<string, string | undefined>
  signal: AbortSignal | undefined
}

async function buildAlone({ environment, signal }: Build): Promise<void> {
  let lock = await tryLock(LOCK)
  while (!lock) {
    await wait(ASK_EVERY_MS, undefined, { signal })
    lock = await tryLock(LOCK)
  }
  try {
    if (isBuilt()) return
    const began = new Date()
    await runBuild({ environment, signal })
    shareChunks()
    // As old as what it was made from: a source that was changed meanwhile is newer.
    utimesSync(MARKER, began, began)
  } finally {
    await lock.release()
  }
}

function isBuilt(): boolean {
  const build = statSync(MARKER, { throwIfNoEntry: false })
  return build !== undefined && SOURCES.every((source) => newest(join(projectRoot, source)) <= build.mtimeMs)
}

/** The time of the newest file at or below a path. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Starts Next's build; what it leaves is whole when `shareChunks` has followed. */
export const startBuild = ({
  environment,
  ...options
}: Pick<Build, 'environment'> & Pick<SpawnOptions, 'stdio' | 'signal'>): ChildProcess =>
  spawn(process.execPath, [nextBin, 'build'], {
    cwd: projectRoot,
    env: { ...environment, ...nextSettings, NODE_ENV: 'production' } as NodeJS.ProcessEnv,
    ...options,
  })

function runBuild({ environment, signal }: Build): Promise<void> {
  const build = startBuild({ environment, signal, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [build.stdout, build.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    build.on('error', reject)
    build.on('close', (code, by) => {
      if (code === 0) return resolve()
      reject(new BuildError(by ? `The build was ended by ${by}.` : `The build failed:\n${said.trimEnd()}`))
    })
  })
}
