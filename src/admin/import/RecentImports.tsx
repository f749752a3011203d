'use client'

import { Button, toast, useConfig } from '@payloadcms/ui'
import { useEffect, useRef, useState } from 'react'
import type { Import } from '../../payload-types.ts'
import { type Undone, UNDO_MS } from '../../subscribers/importRuns.ts'
import type { ImportCounts } from '../../subscribers/problems.ts'
import { askServer } from '../parts/askServer.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import type { ImportText } from './importText.ts'

const SHOWN = 5
const FOLLOW_MS = 3_000

/** The last imports; each can be taken back for a day. @param version changes when there is a new one. */
export function RecentImports({ text, version }: { text: ImportText; version: string }) {
  const { answer, ask } = useAnswer<{ docs: Import[] }>({
    path: `/imports?depth=0&limit=${SHOWN}&sort=-startedAt`,
    version,
    everyMs: (last) => (last?.docs.some(isUndoing) ? FOLLOW_MS : null),
  })
  const imports = answer?.docs ?? []
  if (imports.length === 0) return null
  return (
    <section className="import__recent" aria-labelledby="recent-imports">
      <h2 id="recent-imports">{text.recent}</h2>
      <ul>
        {imports.map((run) => (
          <li key={run.id}>
            <p>
              <strong>{run.file}</strong>, <LocalTime date={run.startedAt} language={text.language} />
              {run.byName && ` · ${run.byName}`}
            </p>
            <State run={run} text={text} />
            {!run.undoneAt && <UndoImport run={run} text={text} onAnswer={ask} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

const isUndoing = ({ undoAskedAt, undoneAt }: Import) => Boolean(undoAskedAt) && !undoneAt

function State({ run, text }: { run: Import; text: ImportText }) {
  const number = (count: number) => count.toLocaleString(text.language)
  const counts = run.counts as ImportCounts | null
  const undone = run.undone as Undone | null
  if (undone)
    return (
      <p role="status">
        {text.undone(undone.removed, number(undone.removed))}
        {undone.mailed > 0 && ` ${text.keptMailed(undone.mailed, number(undone.mailed))}`}
        {undone.changed > 0 && ` ${text.keptChanged(undone.changed, number(undone.changed))}`}
        {run.undoneByName && ` ${text.undoneBy(run.undoneByName)}`}
      </p>
    )
  if (isUndoing(run)) return <p role="status">{text.undoing}</p>
  return <p>{counts ? text.added(counts.imported, number(counts.imported)) : text.notFinished}</p>
}

/** Asks first, with the file and how many it is about. */
function UndoImport({
  run,
  text,
  onAnswer,
}: {
  run: Import
  text: ImportText
  onAnswer: () => Promise<void>
}) {
  const { config } = useConfig()
  const [isAsked, setIsAsked] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [openedAt] = useState(() => Date.now())
  const question = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isAsked) question.current?.focus()
  }, [isAsked])
  const undo = async () => {
    setIsBusy(true)
    const url = `${config.routes.api}/imports/${run.id}/undo`
    const answer = await askServer({ url, method: 'POST', body: {} })
    await onAnswer()
    setIsBusy(false)
    setIsAsked(false)
    if (!answer.isDone) toast.error(answer.message || text.unreachable)
  }
  const counts = run.counts as ImportCounts | null
  const isTooLate = !run.undoAskedAt && openedAt - Date.parse(run.startedAt) > UNDO_MS
  // Whoever was there before may have got a record, or a suppression, by it.
  const hasDoneNothing = counts !== null && counts.imported + counts.known === 0
  if (isTooLate || (hasDoneNothing && !isUndoing(run))) return null
  if (isUndoing(run))
    return (
      <Button
        buttonStyle="secondary"
        size="small"
        margin={false}
        disabled={isBusy}
        onClick={() => void undo()}
      >
        {text.undoGoOn}
      </Button>
    )
  if (!isAsked)
    return (
      <Button buttonStyle="secondary" size="small" margin={false} onClick={() => setIsAsked(true)}>
        {text.undo}
      </Button>
    )
  return (
    <div className="import__undo" role="group" aria-labelledby={`undo-${run.id}`}>
      <h3 id={`undo-${run.id}`} ref={question} tabIndex={-1}>
        {text.undoQuestion(run.file)}
      </h3>
      <p className="import__help">{text.undoAbout}</p>
      <div className="import__buttons">
        <Button
          buttonStyle="secondary"
          size="small"
          margin={false}
          disabled={isBusy}
          onClick={() => setIsAsked(false)}
        >
          {text.undoNo}
        </Button>
        <Button size="small" margin={false} disabled={isBusy} onClick={() => void undo()}>
          {text.undoYes}
        </Button>
      </div>
    </div>
  )
}
