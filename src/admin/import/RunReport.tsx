'use client'

import { Button } from '@payloadcms/ui'
import { refusedName } from '../../subscribers/refusedRows.ts'
import type { ImportText } from './importText.ts'
import type { Run } from './useImport.ts'

/** What became of each line: first those that were refused, with what to do; then the others, folded away. */
export function RunReport({
  run: { rows, counts, state, file },
  report,
  refusedRows,
  text,
}: {
  run: Run
  report: () => Blob
  refusedRows: () => Blob
  text: ImportText
}) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const shown = (value: number) => value.toLocaleString(text.language)
  const refused = rows.filter(([, , kind]) => kind === 'refused')
  const isDone = state !== 'running'
  return (
    <>
      {refused.length > 0 && (
        <section className="import__report import__refused">
          <h2 id="import-problems">{text.problems(counts.refused, shown(counts.refused))}</h2>
          <p className="import__help">{text.problemsHelp}</p>
          {counts.refused > refused.length && (
            <p>{text.problemsPart(shown(refused.length), shown(counts.refused))}</p>
          )}
          {isDone && (
            <Button
              size="medium"
              margin={false}
              onClick={() =>
                download({
                  blob: refusedRows(),
                  name: refusedName({ fileName: file, word: text.refusedFile }),
                })
              }
            >
              {text.downloadRefused}
            </Button>
          )}
          <Rows
            labelledBy="import-problems"
            heads={[text.line, text.value, text.details, text.remedy]}
            rows={refused.map(([line, lastLine, , email, words, mend]) => [
              linesOf(line, lastLine),
              email || (mend?.values.filter(Boolean).join(' · ') ?? ''),
              words,
              mend?.remedy ?? '',
            ])}
          />
        </section>
      )}
      <section className="import__report">
        <h2 id="import-report">{text.report}</h2>
        {total > rows.length && <p>{text.reportPart(shown(rows.length), shown(total))}</p>}
        {isDone && (
          <Button
            buttonStyle="secondary"
            size="medium"
            margin={false}
            onClick={() => download({ blob: report(), name: text.reportFile })}
          >
            {text.download}
          </Button>
        )}
        <Rows
          labelledBy="import-report"
          heads={[text.line, text.result, text.email, text.details]}
          rows={rows
            .filter(([, , kind]) => kind !== 'refused')
            .map(([line, lastLine, kind, email, words]) => [
              linesOf(line, lastLine),
              text.kinds[kind],
              email,
              words,
            ])}
        />
      </section>
    </>
  )
}

const linesOf = (line: number, lastLine: number) => (line === lastLine ? `${line}` : `${line}–${lastLine}`)

function Rows({ labelledBy, heads, rows }: { labelledBy: string; heads: string[]; rows: string[][] }) {
  if (rows.length === 0) return null
  return (
    <div className="import__rows" tabIndex={0} role="region" aria-labelledby={labelledBy}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells[0]}>
              {cells.map((cell, place) => (
                <td key={heads[place]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function download({ blob, name }: { blob: Blob; name: string }): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
