import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

export const nextBin = resolve(projectRoot, 'node_modules/next/dist/bin/next')

/** Lexical does not load reliably in unbundled Node under other conditions (top-level await in its development build). */
export const nodeArguments = ['--conditions=production', '--import', 'tsx']

/** For every process of Next: it reports nothing about us to its makers. */
export const nextSettings = { NEXT_TELEMETRY_DISABLED: '1' }

/**
 * For the web process: V8 collects garbage once the heap is 30 % larger than what is in use. Left alone it lets the heap
 * grow to a share of the machine's memory first: under a flood of small requests 180 MB in use became 1.5 GB. It is no
 * limit: work that needs more gets it. NODE_OPTIONS=--max-old-space-size sets one.
 */
export const webArguments = [...nodeArguments, '--heap-growing-percent=30']
