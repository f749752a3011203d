'use client'

import { useId } from 'react'
import type { Channels as Value } from '../../plans/model.ts'
import { useAdminText } from '../text/useAdminText.ts'

/** Where the article is published. */
export function Channels({
  value,
  offered,
  legend,
  words,
  onChange,
}: {
  value: Value
  offered: readonly Value[]
  legend: string
  words: Record<Value, string>
  onChange: (value: Value) => void
}) {
  const { text } = useAdminText()
  const name = useId()
  return (
    <fieldset>
      <legend>{legend}</legend>
      {offered.map((channels) => (
        <label key={channels}>
          <input type="radio" name={name} checked={value === channels} onChange={() => onChange(channels)} />{' '}
          {words[channels]}
        </label>
      ))}
      {value === 'mail' && <p className="publish-sheet__note">{text.publish.sheet.mailOnly}</p>}
    </fieldset>
  )
}
