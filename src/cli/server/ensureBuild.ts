import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { nextBin, projectRoot } from './projectRoot.ts'

const SOURCES = ['src', 'emails', 'payload.config.ts', 'next.config.ts', 'package.json', 'package-lock.json']

/**
 * Builds the web application when there is no build or a source is newer than it.
 * @param report is called with the seconds that have passed, while it builds.
 * @throws with the build's own words when it fails.
 */
export async function ensureBuild({
  environment,
  report,
}: {
  environment: Record<string, string | undefined>
  report: (seconds: number) => void
}): Promise<'fresh' | 'built'> {
  if (isBuilt()) return 'fresh'
  const began = Date.now()
  const ticking = setInterval(() => report(Math.round((Date.now() - began) / 1000)), 5000)
  report(0)
  try {
    await runBuild(environment)
  } finally {
    clearInterval(ticking)
  }
  return 'built'
}

function isBuilt(): boolean {
  const build = statSync(join(projectRoot, '.next/BUILD_ID'), { throwIfNoEntry: false })
  return build !== undefined && SOURCES.every((source) => newest(join(projectRoot, source)) <= build.mtimeMs)
}

/** The time of the newest file at or below a path. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function runBuild(environment: Record<string, string | undefined>): Promise<void> {
  const build = spawn(process.execPath, [nextBin, 'build'], {
    cwd: projectRoot,
    env: { ...environment, NODE_ENV: 'production' } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [build.stdout, build.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    build.on('error', reject)
    build.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The build failed:\n${said}`))))
  })
}
