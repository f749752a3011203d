import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

export const nextBin = resolve(projectRoot, 'node_modules/next/dist/bin/next')

/**
 * For Node, before one of our programs: see cli/run.mjs. Lexical does not load reliably under other conditions (top-level
 * await in its development build).
 */
export const nodeArguments = ['--conditions=production', resolve(projectRoot, 'src/cli/run.mjs')]

/** For every process of Next: it reports nothing about us to its makers. */
export const nextSettings = { NEXT_TELEMETRY_DISABLED: '1' }
