'use client'

import { Button } from '@payloadcms/ui'
import type { ImportText } from './importText.ts'
import type { Run } from './useImport.ts'

/** What became of each line: the first ones as a table, all of them as a file. */
export function RunReport({
  run: { rows, counts, state },
  report,
  text,
}: {
  run: Run
  report: () => Blob
  text: ImportText
}) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const shown = (value: number) => value.toLocaleString(text.language)
  return (
    <section className="import__report">
      <h2 id="import-report">{text.report}</h2>
      {total > rows.length && <p>{text.reportPart(shown(rows.length), shown(total))}</p>}
      {state !== 'running' && (
        <Button
          buttonStyle="secondary"
          size="medium"
          margin={false}
          onClick={() => download({ blob: report(), name: text.reportFile })}
        >
          {text.download}
        </Button>
      )}
      <div className="import__rows" tabIndex={0} role="region" aria-labelledby="import-report">
        <table>
          <thead>
            <tr>
              <th scope="col">{text.line}</th>
              <th scope="col">{text.result}</th>
              <th scope="col">{text.email}</th>
              <th scope="col">{text.details}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([line, lastLine, kind, email, words]) => (
              <tr key={line}>
                <td>{line === lastLine ? line : `${line}–${lastLine}`}</td>
                <td>{text.kinds[kind]}</td>
                <td>{email}</td>
                <td>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
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
