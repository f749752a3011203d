'use client'

import { useConfig, useTranslation } from '@payloadcms/ui'
import { useEffect, useRef, useState } from 'react'
import { BYTE_ORDER_MARK, csvRow, separatorFor } from '../../subscribers/csv.ts'
import { noCounts, type Question } from '../../subscribers/problems.ts'
import { refusedCsv, type RefusedRow, type StatusOfFile } from '../../subscribers/refusedRows.ts'
import type { ImportLine } from '../../endpoints/subscribersFile/importEndpoint.ts'
import { questionsIn, refusalIn, runImport, type Chosen } from './importCalls.ts'

export type ProgressLine = Extract<ImportLine, { type: 'progress' }>

/** So many lines of the report are shown; all of them are in the file. */
export const SHOWN_ROWS = 1_000

/** A dry run or an import, as far as it has come. */
export interface Run {
  isDryRun: boolean
  /** Its name. */
  file: string
  /** What everybody in it is; null: what their rows say. */
  statusOfFile: StatusOfFile
  state: 'running' | 'done' | 'failed'
  line: number
  lines: number
  counts: ProgressLine['counts']
  rows: ProgressLine['rows']
  ignored: string[]
  unknownTags: string[]
  /** Null: the server could not be reached, or it was stopped. */
  refusal: string | null
  questions: readonly Question[]
}

const newRun = ({ isDryRun, file }: Pick<Run, 'isDryRun' | 'file'>): Run => ({
  isDryRun,
  file,
  statusOfFile: null,
  state: 'running',
  line: 0,
  lines: 0,
  counts: noCounts(),
  rows: [],
  ignored: [],
  unknownTags: [],
  refusal: null,
  questions: [],
})

/** Runs imports one after another; the page should not be left meanwhile. */
export function useImport(): {
  run: Run | null
  /** The whole report of the last run. */
  report: () => Blob
  /** Those that were refused, with what is wrong with each before it: mended, it can be imported as it is. */
  refusedRows: (header: readonly string[]) => Blob
  start: (chosen: Chosen, isDryRun: boolean) => Promise<void>
  stop: () => void
  forget: () => void
} {
  const { config } = useConfig()
  const { i18n } = useTranslation()
  const separator = separatorFor(i18n.language)
  const [run, setRun] = useState<Run | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const report = useRef<string[]>([])
  const refused = useRef<ProgressLine['rows']>([])
  useWarning(run?.state === 'running' && !run.isDryRun)
  useEffect(() => () => stopper.current?.abort(), [])

  const start = async (chosen: Chosen, isDryRun: boolean) => {
    const stopping = new AbortController()
    stopper.current = stopping
    report.current = [
      BYTE_ORDER_MARK + csvRow(['line', 'last_line', 'result', 'email', 'details'], separator),
    ]
    refused.current = []
    let now = newRun({ isDryRun, file: chosen.file.name })
    setRun(now)
    try {
      const lines = runImport({ api: config.routes.api, chosen, isDryRun, signal: stopping.signal })
      for await (const line of lines) {
        now = withLine(now, line)
        if (line.type === 'progress') {
          refused.current.push(...line.rows.filter(([, , kind]) => kind === 'refused'))
          report.current.push(
            line.rows
              .map(([one, last, kind, email, words]) => csvRow([one, last, kind, email, words], separator))
              .join(''),
          )
        }
        setRun(now)
      }
      if (now.state === 'running') now = { ...now, state: 'failed' }
    } catch (error) {
      now = { ...now, state: 'failed', refusal: refusalIn(error), questions: questionsIn(error) }
    }
    setRun(now)
  }
  return {
    run,
    report: () => new Blob(report.current, { type: 'text/csv;charset=utf-8' }),
    refusedRows: (header) =>
      new Blob(
        [
          refusedCsv({
            ...{ header, separator, rows: refused.current.map(toRefused) },
            statusOfFile: run?.statusOfFile ?? null,
          }),
        ],
        { type: 'text/csv;charset=utf-8' },
      ),
    start,
    stop: () => stopper.current?.abort(),
    forget: () => setRun(null),
  }
}

const toRefused = ([line, , , , words, mend]: ProgressLine['rows'][number]): RefusedRow => ({
  line,
  problem: `${words}. ${mend?.remedy ?? ''}`,
  values: mend?.values ?? [],
})

function withLine(run: Run, line: ImportLine): Run {
  if (line.type === 'plan')
    return { ...run, lines: line.lines, ignored: line.ignored, statusOfFile: line.statusOfFile }
  if (line.type === 'done')
    return { ...run, state: 'done', line: run.lines, counts: line.counts, unknownTags: line.unknownTags }
  return { ...run, line: line.line, counts: line.counts, rows: withRows(run.rows, line.rows) }
}

/** Those that staff must look at stand first, and are not crowded out by those that are all right. */
function withRows(shown: Run['rows'], more: Run['rows']): Run['rows'] {
  const all = [...shown, ...more]
  const [good, bad] = [all.filter(isGood), all.filter((row) => !isGood(row))]
  return [...bad, ...good].slice(0, SHOWN_ROWS)
}

const isGood = ([, , kind]: Run['rows'][number]) => kind === 'imported'

/** The browser asks before the page is left. */
function useWarning(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isWanted])
}
