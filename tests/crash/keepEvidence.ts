import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MailingSite } from '../support/mailing/mailingSite.ts'
import type { EmulatorProcess } from '../support/processes/startEmulator.ts'

const ROWS = ['campaigns', 'batches', 'deliveries'] as const

/** Writes down how it ended, for whoever looks for a cause: the rows, and what the provider saw. */
export async function keepEvidence({
  site: { payload },
  emulator,
  folder,
}: {
  site: MailingSite
  emulator: EmulatorProcess
  folder: string
}): Promise<void> {
  const keep = (name: string, rows: readonly unknown[]) =>
    writeFileSync(join(folder, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  for (const collection of ROWS)
    keep(collection, (await payload.find({ collection, pagination: false, depth: 0 })).docs)
  keep('calls', await emulator.calls())
  keep('mails', await emulator.mails())
}
