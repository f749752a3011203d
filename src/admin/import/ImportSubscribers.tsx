'use client'

import { Button, useTranslation } from '@payloadcms/ui'
import { ColumnMapping } from './ColumnMapping.tsx'
import { ExportLinks } from './ExportLinks.tsx'
import { FileSource } from './FileSource.tsx'
import { ForEverybody } from './ForEverybody.tsx'
import { importText } from './importText.ts'
import { RecentImports } from './RecentImports.tsx'
import { RunProgress } from './RunProgress.tsx'
import { RunReport } from './RunReport.tsx'
import { isAbout, StatusQuestions } from './StatusQuestions.tsx'
import { useChosenFile } from './useChosenFile.ts'
import { useImport } from './useImport.ts'

/** A file is chosen, tried, and then imported. */
export function ImportSubscribers() {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const { run, report, refusedRows, start, stop, forget } = useImport()
  const chosenFile = useChosenFile({ onChange: forget, pastedName: text.pastedFile })
  const { chosen, columns } = chosenFile
  const isRunning = run?.state === 'running'
  const isTried = run?.isDryRun === true && run.state === 'done'
  const count = run?.counts.imported ?? 0
  return (
    <>
      <p className="import__intro">{text.intro}</p>
      <form
        className="import__form"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen && !isRunning) void start(chosen, true)
        }}
      >
        <FileSource chosenFile={chosenFile} isDisabled={isRunning} />
        {chosen && columns && (
          <>
            <ColumnMapping chosenFile={chosenFile} isDisabled={isRunning} />
            <ForEverybody chosenFile={chosenFile} isDisabled={isRunning} />
            <StatusQuestions
              questions={run?.questions ?? []}
              answers={chosen.answers}
              answer={(answer, question) =>
                chosenFile.setAnswers([
                  ...chosen.answers.filter((each) => !isAbout(each, question)),
                  ...(answer ? [answer] : []),
                ])
              }
              isDisabled={isRunning}
              text={text}
            />
            <div className="import__buttons">
              <Button
                type="submit"
                buttonStyle={isTried ? 'secondary' : 'primary'}
                size="medium"
                margin={false}
                disabled={isRunning}
              >
                {text.dryRun}
              </Button>
              {isTried && count > 0 && (
                <Button size="medium" margin={false} onClick={() => void start(chosen, false)}>
                  {text.importNow(count, count.toLocaleString(text.language))}
                </Button>
              )}
              {isRunning && (
                <Button buttonStyle="secondary" size="medium" margin={false} onClick={stop}>
                  {text.stop}
                </Button>
              )}
            </div>
          </>
        )}
      </form>
      {run && <RunProgress run={run} text={text} />}
      {run && run.rows.length > 0 && (
        <RunReport
          run={run}
          report={report}
          refusedRows={() => refusedRows(columns?.columns ?? [])}
          text={text}
        />
      )}
      <RecentImports text={text} version={run && !run.isDryRun ? run.state : ''} />
      <ExportLinks text={text} />
    </>
  )
}
