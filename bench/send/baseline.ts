import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Resend, type CreateBatchOptions } from 'resend'
import type { BaselineRun } from './startBaseline.ts'

/**
 * The limit that the worker is measured against, as a process of its own: a loop that posts mails that are already made
 * with the same SDK, so many calls at once, and keeps nothing. A run per line of standard input.
 */
const [, , file = '', url = '', apiKey = ''] = process.argv
const batches = JSON.parse(readFileSync(file, 'utf8')) as [CreateBatchOptions, ...CreateBatchOptions[]]
const resend = new Resend(apiKey, { baseUrl: url })

const run = async ({ calls, inFlight, key }: BaselineRun) => {
  let next = 0
  const loop = async () => {
    while (next < calls) await post({ number: next++, key })
  }
  await Promise.all(Array.from({ length: inFlight }, loop))
}

async function post({ number, key }: { number: number; key: string }): Promise<void> {
  const { error } = await resend.batch.send(batches[number % batches.length] ?? batches[0], {
    idempotencyKey: `${key}-${number}`,
    batchValidation: 'permissive',
    signal: AbortSignal.timeout(30_000),
  })
  if (error) throw new Error(`The emulator answered the baseline: ${error.message}`)
}

console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  await run(JSON.parse(line) as BaselineRun)
  console.log('done')
}
