import { randomUUID } from 'node:crypto'
import type { Config, Payload } from 'payload'
import { boot } from '../boot.ts'
import { configFor } from '../config.ts'
import type { Env } from '../env.ts'

/** Payload for a command: its log goes to stderr and is about errors alone; stdout is the command's. */
export async function openPayload(env: Env): Promise<Payload> {
  const logger: Config['logger'] = { options: { level: 'error' }, destination: process.stderr }
  // A Payload of its own: the next command of this process opens another.
  return boot(Object.assign({}, await configFor(env), { logger }), { key: randomUUID() })
}
