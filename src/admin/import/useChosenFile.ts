'use client'

import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { ColumnsAnswer } from '../../endpoints/subscribersFile/columnsEndpoint.ts'
import type { SeparatorName } from '../../endpoints/subscribersFile/readChoices.ts'
import type { Field } from '../../subscribers/fields.ts'
import { pastedFile } from '../../subscribers/pasted.ts'
import type { StatusAnswer } from '../../subscribers/readStatuses.ts'
import { askColumns, refusalIn, type Chosen } from './importCalls.ts'

const NOTHING_CHOSEN = { consentSource: '', consentText: '', topic: '', answers: [] }

const MAX_BYTES = 64 * 1024 * 1024

type Problem = { kind: 'too-big' | 'unreachable' | 'no-address' } | { kind: 'refused'; message: string }

/** The file that somebody has chosen and how it is to be read. */
export interface ChosenFile {
  isReading: boolean
  problem: Problem | null
  /** Null until the server has looked at it. */
  columns: ColumnsAnswer | null
  chosen: Chosen | null
  choose: (file: File | undefined) => Promise<void>
  setColumn: (field: Field, column: string) => void
  /** What somebody has pasted takes the place of a file. */
  paste: (text: string) => Promise<void>
  /** Reads the file anew. */
  setSeparator: (separator: SeparatorName) => Promise<void>
  change: (part: Partial<Chosen>) => void
  /** Does not forget what was asked. */
  setAnswers: (answers: readonly StatusAnswer[]) => void
}

/** @param options.onChange what was found about the choice before holds no longer. */
export function useChosenFile({
  onChange,
  pastedName,
}: {
  onChange: () => void
  /** What the record of consent calls what was pasted. */
  pastedName: string
}): ChosenFile {
  const { config } = useConfig()
  const [isReading, setIsReading] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [columns, setColumns] = useState<ColumnsAnswer | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)

  const look = async ({ file, separator }: { file: File; separator: SeparatorName | null }) => {
    setIsReading(true)
    try {
      const answer = await askColumns({ api: config.routes.api, file, separator })
      setColumns(answer)
      setChosen((before) => ({
        ...(before ?? NOTHING_CHOSEN),
        ...{ file, separator, format: answer.format, mapping: answer.mapping },
      }))
    } catch (error) {
      const message = refusalIn(error)
      setProblem(message === null ? { kind: 'unreachable' } : { kind: 'refused', message })
    }
    setIsReading(false)
  }
  const choose = async (file: File | undefined) => {
    onChange()
    setColumns(null)
    setChosen(null)
    setProblem(file && file.size > MAX_BYTES ? { kind: 'too-big' } : null)
    if (file && file.size <= MAX_BYTES) await look({ file, separator: null })
  }
  const paste = async (text: string) => {
    const pasted = pastedFile(text)
    if (pasted !== null) return choose(new File([pasted], pastedName, { type: 'text/csv' }))
    await choose(undefined)
    setProblem({ kind: 'no-address' })
  }
  const change = (part: Partial<Chosen>) => {
    onChange()
    setChosen((before) => before && { ...before, ...part })
  }
  return {
    isReading,
    problem,
    columns,
    chosen,
    choose,
    setColumn: (field, column) => change({ mapping: { ...chosen?.mapping, [field]: column } }),
    paste,
    setSeparator: async (separator) => {
      onChange()
      setProblem(null)
      if (chosen) await look({ file: chosen.file, separator })
    },
    change,
    setAnswers: (answers) => setChosen((before) => before && { ...before, answers }),
  }
}
