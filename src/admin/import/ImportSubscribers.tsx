'use client'

import { Button, useTranslation } from '@payloadcms/ui'
import { ColumnMapping } from './ColumnMapping.tsx'
import { ExportLinks } from './ExportLinks.tsx'
import { importText } from './importText.ts'
import { RunProgress } from './RunProgress.tsx'
import { RunReport } from './RunReport.tsx'
import { isAbout, StatusQuestions } from './StatusQuestions.tsx'
import { useChosenFile, type ChosenFile } from './useChosenFile.ts'
import { useImport } from './useImport.ts'

/** A file is chosen, tried, and then imported. */
export function ImportSubscribers() {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const { run, report, start, stop, forget } = useImport()
  const chosenFile = useChosenFile(forget)
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
        <FileField chosenFile={chosenFile} isDisabled={isRunning} />
        {chosen && columns && (
          <>
            <ColumnMapping chosenFile={chosenFile} isDisabled={isRunning} />
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
      {run && run.rows.length > 0 && <RunReport run={run} report={report} text={text} />}
      <ExportLinks text={text} />
    </>
  )
}

function FileField({ chosenFile, isDisabled }: { chosenFile: ChosenFile; isDisabled: boolean }) {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const { isReading, problem, choose } = chosenFile
  return (
    <div className="import__field">
      <label htmlFor="import-file">{text.file}</label>
      <input
        id="import-file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        disabled={isDisabled}
        aria-describedby="import-file-help"
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
      />
      <p id="import-file-help" className="import__help">
        {text.fileHelp}
      </p>
      <p role="status">{isReading && text.reading}</p>
      {problem && (
        <p role="alert" className="import__problem">
          {problem.kind === 'too-big' && text.tooBig}
          {problem.kind === 'unreachable' && text.unreachable}
          {problem.kind === 'refused' && (
            <>
              {text.refused} {problem.message}
            </>
          )}
        </p>
      )}
    </div>
  )
}
