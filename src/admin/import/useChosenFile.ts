'use client'

import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { ColumnsAnswer } from '../../endpoints/subscribersFile/columnsEndpoint.ts'
import type { Field } from '../../subscribers/fields.ts'
import type { StatusAnswer } from '../../subscribers/readStatuses.ts'
import { askColumns, refusalIn, type Chosen } from './importCalls.ts'

const MAX_BYTES = 64 * 1024 * 1024

type Problem = { kind: 'too-big' | 'unreachable' } | { kind: 'refused'; message: string }

/** The file that somebody has chosen and how it is to be read. */
export interface ChosenFile {
  isReading: boolean
  problem: Problem | null
  /** Null until the server has looked at it. */
  columns: ColumnsAnswer | null
  chosen: Chosen | null
  choose: (file: File | undefined) => Promise<void>
  setColumn: (field: Field, column: string) => void
  setConsentSource: (consentSource: string) => void
  /** Does not forget what was asked. */
  setAnswers: (answers: readonly StatusAnswer[]) => void
}

/** @param onChange what was found about the choice before holds no longer. */
export function useChosenFile(onChange: () => void): ChosenFile {
  const { config } = useConfig()
  const [isReading, setIsReading] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [columns, setColumns] = useState<ColumnsAnswer | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)

  const choose = async (file: File | undefined) => {
    onChange()
    setColumns(null)
    setChosen(null)
    setProblem(file && file.size > MAX_BYTES ? { kind: 'too-big' } : null)
    if (!file || file.size > MAX_BYTES) return
    setIsReading(true)
    try {
      const answer = await askColumns({ api: config.routes.api, file })
      setColumns(answer)
      setChosen({ file, format: answer.format, mapping: answer.mapping, consentSource: '', answers: [] })
    } catch (error) {
      const message = refusalIn(error)
      setProblem(message === null ? { kind: 'unreachable' } : { kind: 'refused', message })
    }
    setIsReading(false)
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
    setConsentSource: (consentSource) => change({ consentSource }),
    setAnswers: (answers) => setChosen((before) => before && { ...before, answers }),
  }
}
