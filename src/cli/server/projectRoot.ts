import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

export const nextBin = resolve(projectRoot, 'node_modules/next/dist/bin/next')

/** Lexical does not load reliably in unbundled Node under other conditions (top-level await in its development build). */
export const nodeArguments = ['--conditions=production', '--import', 'tsx']

/** For every process of Next: it reports nothing about us to its makers. */
export const nextSettings = { NEXT_TELEMETRY_DISABLED: '1' }
