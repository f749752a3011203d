import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { readEnvOrExit } from '../../env.ts'
import type { Separator } from '../../subscribers/csv.ts'
import { UsageError, type Command } from './command.ts'

const help = `Usage: npm run cli -- export-subscribers [--out FILE] [--status active|all] [--separator comma|semicolon]

Writes the subscribers as CSV (UTF-8), to stdout or to a new file, as import-subscribers takes it: imported into an empty
site with the same topics, they are what they were here. No cell of it is run as a formula by a spreadsheet.

  --out FILE       the file to write; one that is there is not overwritten
  --status NAME    all (the default), or the active ones alone
  --separator NAME comma (the default), or semicolon: what Excel opens in columns in Sweden and most of Europe

The file holds personal data: keep it as you keep the database.
`

export const exportSubscribers: Command = {
  name: 'export-subscribers',
  summary: '[--out FILE]  writes the subscribers as CSV',
  help,
  run: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        out: { type: 'string' },
        status: { type: 'string', default: 'all' },
        separator: { type: 'string', default: 'comma' },
      },
    })
    const { status, out, separator } = values
    if (status !== 'all' && status !== 'active')
      throw new UsageError(`--status must be active or all, not “${status}”`)
    if (separator !== 'comma' && separator !== 'semicolon')
      throw new UsageError(`--separator must be comma or semicolon, not “${separator}”`)
    return exportTo({ out, status, separator: separator === 'comma' ? ',' : ';' })
  },
}

async function exportTo({
  out,
  status,
  separator,
}: {
  out: string | undefined
  status: 'active' | 'all'
  separator: Separator
}): Promise<number> {
  const env = readEnvOrExit()
  const { openPayload } = await import('../openPayload.ts')
  const { subscriberListOf } = await import('../../deps.ts')
  const { exportSubscribers: exportAll } = await import('../../subscribers/exportSubscribers.ts')
  const payload = await openPayload(env)
  try {
    const texts = Readable.from(exportAll({ list: subscriberListOf(payload), status, separator }))
    if (out === undefined) await pipeline(texts, process.stdout, { end: false })
    // It holds personal data: nobody else on the machine reads it.
    else await pipeline(texts, createWriteStream(out, { flags: 'wx', mode: 0o600 }))
    return 0
  } catch (error) {
    const reason = reasonOf(error)
    if (out === undefined || reason === null) throw error
    process.stderr.write(`${out} ${reason}.\nNothing was exported.\n`)
    return 1
  } finally {
    await payload.destroy()
  }
}

function reasonOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  if (error.code === 'EEXIST') return 'is there already'
  if (error.code === 'ENOENT') return 'is in a folder that is not there'
  return error.code === 'EACCES' ? 'may not be written by this user' : null
}
