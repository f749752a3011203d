'use client'

import { useId } from 'react'

/** One of a few, as buttons in a row. */
export function Choice<Name extends string>({
  label,
  names,
  labels,
  chosen,
  onChoose,
}: {
  label: string
  names: readonly Name[]
  labels: Record<Name, string>
  chosen: Name
  onChoose: (name: Name) => void
}) {
  const group = useId()
  return (
    <fieldset className="mail-look__choice">
      <legend className="mail-look__legend">{label}</legend>
      {names.map((name) => (
        <label key={name}>
          <input type="radio" name={group} checked={name === chosen} onChange={() => onChoose(name)} />
          <span>{labels[name]}</span>
        </label>
      ))}
    </fieldset>
  )
}
