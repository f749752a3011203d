import { shownEmail } from '../../subscribers/emailAddress.ts'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Endpoint, PayloadRequest } from 'payload'
import { requireEditor } from '../../access/requireEditor.ts'
import { streamText } from '../streamText.ts'
import { depsOf, importRunsOf, subscriberListOf } from '../../deps.ts'
import type { Format } from '../../subscribers/fields.ts'
import { describeOutcome, type ReportLanguage } from '../../subscribers/describeOutcome.ts'
import {
  importSubscribers,
  type ImportRequest,
  type ImportStep,
} from '../../subscribers/importSubscribers.ts'
import type { ImportCounts, Outcome, RowOutcome } from '../../subscribers/problems.ts'
import { remediesFor } from '../../subscribers/remedies.ts'
import { SubscriberFileError } from '../../subscribers/SubscriberFileError.ts'
import { keepUpload } from './keepUpload.ts'
import { readChoices } from './readChoices.ts'
import { unreadableFile } from './unreadableFile.ts'

/** `mend`: what stands in a refused row, and what to do about it. */
export type ReportRow = [
  line: number,
  lastLine: number,
  kind: Outcome['kind'],
  email: string,
  words: string,
  mend?: { values: string[]; remedy: string },
]

/** One line of the answer. `rows`: first and last line in the file, what became of it, whom it is about, in words. */
export type ImportLine =
  | {
      type: 'plan'
      format: Format
      ignored: string[]
      statusOfFile: 'unsubscribed' | 'suppressed' | null
      lines: number
    }
  | {
      type: 'progress'
      line: number
      counts: ImportCounts
      rows: ReportRow[]
    }
  /** `run`: the import that can be taken back; null for a dry run. */
  | { type: 'done'; counts: ImportCounts; unknownTags: string[]; run: string | null }

/**
 * `POST /api/subscribers/import?dryRun=1&format=&map[email]=&consentSource=&consentText=&topic=&separator=&fileName=` by an editor, the body a CSV file of
 * at most 64 MB -> 200 with a line of JSON for each step (ImportLine), the last one of type `done`: without it the import
 * was cut off, and can be repeated. Whoever goes stops it. 400 for a wrong parameter, 413; 422 when the file as a whole is
 * wrong; 401, 403. Nothing was imported then.
 */
export const importEndpoint: Endpoint = {
  path: '/import',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { payload } = req
    const { choices, fileName, isDryRun } = readChoices(req)
    const directory = join(depsOf(payload).env.dataDir, 'imports')
    const path = await keepUpload({ req, directory })
    const from = {
      file: fileName,
      by: req.user && { id: String(req.user.id), name: req.user.name || req.user.email },
    }
    return answer(req, { path, choices, from, isDryRun })
  },
}

async function answer(req: PayloadRequest, request: ImportRequest): Promise<Response> {
  const { payload } = req
  const { clock, log } = depsOf(payload)
  const language = req.i18n.language === 'sv' ? 'sv' : 'en'
  const ports = { list: subscriberListOf(payload), clock, runs: importRunsOf(payload) }
  const steps = importSubscribers(ports, request)
  try {
    const body = await streamText({
      texts: textsOf({ steps, path: request.path, language }),
      onError: (error) => log('import.failed', { error: error instanceof Error ? error.name : 'unknown' }),
    })
    return new Response(body, {
      headers: {
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Cache-Control': 'no-store',
        // A proxy that waits for the whole answer would show no progress.
        'X-Accel-Buffering': 'no',
      },
    })
  } catch (error) {
    if (!(error instanceof SubscriberFileError)) throw error
    return unreadableFile({ error, language })
  }
}

async function* textsOf({
  steps,
  path,
  language,
}: {
  steps: AsyncIterable<ImportStep>
  path: string
  language: ReportLanguage
}): AsyncGenerator<string> {
  try {
    for await (const step of steps) yield `${JSON.stringify(lineOf({ step, language }))}\n`
  } finally {
    await rm(path, { force: true })
  }
}

function lineOf({ step, language }: { step: ImportStep; language: ReportLanguage }): ImportLine {
  if (step.kind === 'plan') {
    const { format, ignored, statusOfFile } = step.plan
    return { type: 'plan', format, ignored, statusOfFile, lines: step.lines }
  }
  if (step.kind === 'done')
    return { type: 'done', counts: step.counts, unknownTags: step.unknownTags, run: step.run }
  return {
    type: 'progress',
    line: step.line,
    counts: step.counts,
    rows: step.outcomes.map((outcome) => toReport({ outcome, language })),
  }
}

function toReport({ outcome, language }: { outcome: RowOutcome; language: ReportLanguage }): ReportRow {
  const { line, lastLine, kind } = outcome
  const words = describeOutcome({ outcome, language })
  const email = shownEmail(outcome.email ?? '')
  if (outcome.kind !== 'refused') return [line, lastLine, kind, email, words]
  const { problems, values = [] } = outcome
  return [line, lastLine, kind, email, words, { values, remedy: remediesFor({ problems, language }) }]
}
