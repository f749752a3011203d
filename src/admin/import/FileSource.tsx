'use client'

import { Button, useTranslation } from '@payloadcms/ui'
import { useState, type DragEvent } from 'react'
import { importText } from './importText.ts'
import type { ChosenFile } from './useChosenFile.ts'

/** Where the people come from: a file that is chosen or dropped, or what somebody pastes. */
export function FileSource({ chosenFile, isDisabled }: { chosenFile: ChosenFile; isDisabled: boolean }) {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const { isReading, problem, chosen } = chosenFile
  return (
    <>
      <div className="import__sources">
        <DropZone chosenFile={chosenFile} isDisabled={isDisabled} />
        <Pasting chosenFile={chosenFile} isDisabled={isDisabled} />
      </div>
      <p role="status">
        {isReading && text.reading}
        {!isReading && chosen && text.chosen(chosen.file.name)}
      </p>
      {problem && (
        <p role="alert" className="import__problem">
          {problem.kind === 'too-big' && text.tooBig}
          {problem.kind === 'unreachable' && text.unreachable}
          {problem.kind === 'no-address' && text.noAddress}
          {problem.kind === 'refused' && (
            <>
              {text.refused} {problem.message}
            </>
          )}
        </p>
      )}
    </>
  )
}

function DropZone({ chosenFile: { choose }, isDisabled }: { chosenFile: ChosenFile; isDisabled: boolean }) {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const [isOver, setIsOver] = useState(false)
  const over = (event: DragEvent) => {
    event.preventDefault()
    if (!isDisabled) setIsOver(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    if (!isDisabled) void choose(event.dataTransfer.files[0])
  }
  return (
    <div
      className="import__source import__drop"
      data-over={isOver}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <label htmlFor="import-file">{text.file}</label>
      <p className="import__help">{text.drop}</p>
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
    </div>
  )
}

function Pasting({ chosenFile: { paste }, isDisabled }: { chosenFile: ChosenFile; isDisabled: boolean }) {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const [pasted, setPasted] = useState('')
  return (
    <div className="import__source">
      <label htmlFor="import-pasted">{text.paste}</label>
      <textarea
        id="import-pasted"
        rows={5}
        value={pasted}
        disabled={isDisabled}
        spellCheck={false}
        aria-describedby="import-pasted-help"
        placeholder={text.pasteExample}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <p id="import-pasted-help" className="import__help">
        {text.pasteHelp}
      </p>
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={isDisabled || pasted.trim() === ''}
        onClick={() => void paste(pasted)}
      >
        {text.usePasted}
      </Button>
    </div>
  )
}
