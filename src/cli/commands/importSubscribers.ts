import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readEnvOrExit } from '../../env.ts'
import { describeOutcome } from '../../subscribers/describeOutcome.ts'
import { FIELDS, FORMATS, isField, type Mapping } from '../../subscribers/fields.ts'
import { ENCODING_NAMES } from '../../subscribers/findEncoding.ts'
import { MEANINGS, type StatusAnswer } from '../../subscribers/readStatuses.ts'
import type { ImportStep } from '../../subscribers/importSubscribers.ts'
import type { ImportChoices, ImportPlan } from '../../subscribers/planImport.ts'
import type { ImportCounts, RowOutcome } from '../../subscribers/problems.ts'
import { SubscriberFileError } from '../../subscribers/SubscriberFileError.ts'
import { showProgress, type Progress } from '../terminal/showProgress.ts'
import { UsageError, type Command } from './command.ts'

const help = `Usage: npm run cli -- import-subscribers FILE.csv [--dry-run] [--consent-source TEXT]
                                               [--format ${FORMATS.join('|')}] [--map FIELD=COLUMN …]

Adds the people in a CSV file to the subscribers: split by commas, semicolons or tabs, in UTF-8, UTF-16, Windows-1252 or
Mac OS Roman, as Excel saves it, with the header row

  email,name,locale,topics,consent_source

Only email and consent_source are required, and the columns may stand in any order. locale is sv or en (empty: sv);
topics are slugs parted by |; consent_source says where the person asked for the newsletter. What export-subscribers
writes can be imported too, and so can the exports of Mailchimp (audience) and Ghost (members): they are recognised by
their columns. Those who have left stay unsubscribed, cleaned addresses become suppressed.

  --dry-run              reports on stdout what would become of each line, and changes nothing
  --consent-source TEXT  where the people asked for the newsletter, for rows that do not say it: "fair 2026"
  --consent-text TEXT    the words that they agreed to, kept with those rows
  --topic SLUG           what everybody follows, where the file has no column of topics
  --format NAME          takes the file for one of ${FORMATS.join(', ')}
  --map FIELD=COLUMN     which column is what, such as --map email="E-post" --map name=Namn; an empty column: none.
                         Fields: ${FIELDS.slice(0, 7).join(', ')},
                         ${FIELDS.slice(7).join(', ')}
  --means COLUMN=VALUE=MEANING
                         what a value says of a person that the import does not understand: active, left or ignore;
                         COLUMN=ignore: the column is not about who may be mailed;
                         =FILE.csv=MEANING: what the name of the file says

A column that says who has left, bounced, complained or has not agreed is read, whatever program wrote it; of several the
worst counts, and whoever has not confirmed becomes pending. What is not understood stops the import with a question.
Every line that brings nobody new is reported with its number on stderr and left out; the good ones are kept. Nothing
of a person who is a subscriber already is changed: whoever has left stays away. Who must not be mailed, asked to be
erased, or changed to another address, does not come back. The same file can be imported again, and for 24 hours the
admin's page of imports takes a whole import back.

Exit code: 0 when the file was read to its end, also when lines were left out; 1 when it could not be imported (no
text, a wrong header, empty, missing), and then nothing was.
`

export const importSubscribers: Command = {
  name: 'import-subscribers',
  summary: 'FILE.csv  adds the people in a CSV file',
  help,
  run: async (args) => {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        'consent-source': { type: 'string' },
        'consent-text': { type: 'string' },
        topic: { type: 'string' },
        format: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
        means: { type: 'string', multiple: true, default: [] },
      },
    })
    const [path, ...more] = positionals
    if (path === undefined) throw new UsageError('Which file? Its name is missing.')
    if (more.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}`)
    const choices = {
      format: formatOf(values.format),
      mapping: mappingOf(values.map),
      consentSource: values['consent-source'],
      consentText: values['consent-text'],
      topic: values.topic,
      answers: answersOf(values.means),
    }
    return importFile({ path, choices, isDryRun: values['dry-run'] })
  },
}

function formatOf(name: string | undefined): ImportChoices['format'] {
  const format = FORMATS.find((known) => known === name)
  if (name !== undefined && !format)
    throw new UsageError(`--format must be one of ${FORMATS.join(', ')}, not “${name}”`)
  return format
}

function mappingOf(pairs: string[]): Mapping {
  const mapping: Mapping = {}
  for (const pair of pairs) {
    const [field = '', ...column] = pair.split('=')
    if (!isField(field) || column.length === 0)
      throw new UsageError(`--map is FIELD=COLUMN with one of ${FIELDS.join(', ')}, not “${pair}”`)
    mapping[field] = column.join('=')
  }
  return mapping
}

function answersOf(texts: string[]): StatusAnswer[] {
  return texts.map((text) => {
    const [column = '', ...rest] = text.split('=')
    const means = MEANINGS.find((known) => known === rest.at(-1))
    const value = rest.length > 1 ? rest.slice(0, -1).join('=') : null
    if (!means || (value === null && (column === '' || means !== 'ignore')))
      throw new UsageError(`--means is COLUMN=VALUE=${MEANINGS.join('|')}, or COLUMN=ignore, not “${text}”`)
    return { column, value, means }
  })
}

async function importFile({
  path,
  choices,
  isDryRun,
}: {
  path: string
  choices: ImportChoices
  isDryRun: boolean
}): Promise<number> {
  const env = readEnvOrExit()
  const { openPayload } = await import('../openPayload.ts')
  const { depsOf, importRunsOf, subscriberListOf } = await import('../../deps.ts')
  const { importSubscribers: importAll } = await import('../../subscribers/importSubscribers.ts')
  const payload = await openPayload(env)
  const progress = showProgress(process.stderr)
  try {
    const steps = importAll(
      { list: subscriberListOf(payload), clock: depsOf(payload).clock, runs: importRunsOf(payload) },
      { path, choices, isDryRun, from: { file: basename(path), by: null } },
    )
    await showSteps({ steps, progress, isDryRun })
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

async function showSteps({
  steps,
  progress,
  isDryRun,
}: {
  steps: AsyncIterable<ImportStep>
  progress: Progress
  isDryRun: boolean
}): Promise<void> {
  let lines = 0
  for await (const step of steps) {
    if (step.kind === 'plan') {
      lines = step.lines
      for (const note of notesOn(step.plan)) progress.print(note)
    } else if (step.kind === 'block') {
      for (const outcome of step.outcomes)
        if (isDryRun) process.stdout.write(`${describe(outcome)}\n`)
        else if (outcome.kind !== 'imported') progress.print(describe(outcome))
      progress.update({ done: step.line, of: lines, what: 'lines' })
    } else {
      if (step.unknownTags.length > 0)
        progress.print(`Tags that are no topics here: ${step.unknownTags.join(', ')}`)
      progress.end()
      process.stdout.write(summarise({ counts: step.counts, isDryRun }))
    }
  }
}

const FORMAT_NAMES = { mailchimp: 'Mailchimp', ghost: 'Ghost' }

function notesOn({ format, ignored, statusOfFile, encoding, separator }: ImportPlan): string[] {
  const isForeign = format === 'mailchimp' || format === 'ghost'
  const isPlain = encoding === 'utf8' && separator === ','
  return [
    ...(isPlain
      ? []
      : [
          `Read as ${ENCODING_NAMES[encoding]}, columns split by “${separator === '\t' ? 'tab' : separator}”.`,
        ]),
    ...(isForeign ? [`The file is an export of ${FORMAT_NAMES[format]}.`] : []),
    ...(statusOfFile ? [`Everybody in it is ${statusOfFile}.`] : []),
    ...(ignored.length > 0 ? [`Columns that are ignored: ${ignored.join(', ')}`] : []),
  ]
}

function describe(outcome: RowOutcome): string {
  const { line, lastLine } = outcome
  const what = describeOutcome({ outcome, language: 'en' })
  return line === lastLine ? `line ${line}: ${what}` : `lines ${line}–${lastLine}: ${what}`
}

function summarise({ counts, isDryRun }: { counts: ImportCounts; isDryRun: boolean }): string {
  const { imported } = counts
  const leftOut = [
    { count: counts.known, what: 'subscribers already' },
    { count: counts.repeated, what: 'repeated in the file' },
    { count: counts.suppressed, what: 'suppressed' },
    { count: counts.erased, what: 'erased' },
    { count: counts.moved, what: 'moved to another address' },
    { count: counts.refused, what: 'refused' },
  ].filter(({ count }) => count > 0)
  const details = leftOut.map(({ count, what }) => `${count.toLocaleString('en')} ${what}`).join(', ')
  const total = leftOut.reduce((sum, { count }) => sum + count, 0)
  const people = imported === 1 ? '1 subscriber' : `${imported.toLocaleString('en')} subscribers`
  const did = isDryRun ? 'Would import' : 'Imported'
  const rest = isDryRun ? 'leave out' : 'left out'
  const sentence =
    total > 0
      ? `${did} ${people}; ${rest} ${total.toLocaleString('en')}: ${details}.\n`
      : `${did} ${people}.\n`
  return isDryRun ? `${sentence}Nothing was changed.\n` : sentence
}
