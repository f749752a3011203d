import { parseArgs } from 'node:util'
import { readEnvOrExit } from '../../env.ts'
import { SubscriberFileError } from '../../subscribers/SubscriberFileError.ts'
import type { ImportCounts, LeftOut } from '../../subscribers/importRows.ts'
import { showProgress } from '../terminal/showProgress.ts'
import { UsageError, type Command } from './command.ts'

const help = `Usage: npm run cli -- import-subscribers FILE.csv

Adds the people in a CSV file to the subscribers: UTF-8, commas, with the header row

  email,name,locale,topics,consent_source

Only email and consent_source are required, and the columns may stand in any order. locale is sv or en (empty: sv);
topics are slugs parted by |; consent_source says where the person asked for the newsletter.

Every line that brings nobody new is reported with its number on stderr and left out; the good ones are kept. Nothing
of a person who is a subscriber already is changed: whoever has left stays away. The same file can be imported again.

Exit code: 0 when the file was read to its end, also when lines were left out; 1 when it could not be imported (not
UTF-8, a wrong header, empty, missing), and then nothing was.
`

export const importSubscribers: Command = {
  name: 'import-subscribers',
  summary: 'FILE.csv  adds the people in a CSV file',
  help,
  run: async (args) => {
    const { positionals } = parseArgs({ args, allowPositionals: true })
    const [path, ...more] = positionals
    if (path === undefined) throw new UsageError('Which file? Its name is missing.')
    if (more.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}`)
    return importFile(path)
  },
}

async function importFile(path: string): Promise<number> {
  const env = readEnvOrExit()
  const { openPayload } = await import('../openPayload.ts')
  const { depsOf, subscriberListOf } = await import('../../deps.ts')
  const { importSubscribers: importAll } = await import('../../subscribers/importSubscribers.ts')
  const payload = await openPayload(env)
  const progress = showProgress(process.stderr)
  try {
    const counts = await importAll(
      { list: subscriberListOf(payload), clock: depsOf(payload).clock },
      {
        path,
        onLeftOut: (leftOut) => progress.print(describe(leftOut)),
        onProgress: ({ line, lines }) => progress.update({ done: line, of: lines, what: 'lines' }),
      },
    )
    progress.end()
    process.stdout.write(summarise(counts))
    return 0
  } catch (error) {
    progress.end()
    if (!(error instanceof SubscriberFileError)) throw error
    process.stderr.write(`${path} ${error.message}.\nNothing was imported.\n`)
    return 1
  } finally {
    await payload.destroy()
  }
}

const describe = ({ line, lastLine, reason }: LeftOut) =>
  line === lastLine ? `line ${line}: ${reason}` : `lines ${line}–${lastLine}: ${reason}`

function summarise({ imported, known, repeated, refused }: ImportCounts): string {
  const leftOut = [
    { count: known, what: 'subscribers already' },
    { count: repeated, what: 'repeated in the file' },
    { count: refused, what: 'refused' },
  ].filter(({ count }) => count > 0)
  const details = leftOut.map(({ count, what }) => `${count.toLocaleString('en')} ${what}`).join(', ')
  const total = known + repeated + refused
  const people = imported === 1 ? '1 subscriber' : `${imported.toLocaleString('en')} subscribers`
  return total > 0
    ? `Imported ${people}; left out ${total.toLocaleString('en')}: ${details}.\n`
    : `Imported ${people}.\n`
}
