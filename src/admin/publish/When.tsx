'use client'

import { useId } from 'react'
import { PlanTime, type ChosenTime } from '../plans/PlanTime.tsx'
import { useAdminText } from '../text/useAdminText.ts'

/** Now, or at a time. */
export function When({
  isLater,
  onChange,
  onTime,
}: {
  isLater: boolean
  onChange: (isLater: boolean) => void
  onTime: (time: ChosenTime | null) => void
}) {
  const { text } = useAdminText()
  const { when, now, later } = text.publish.sheet
  const name = useId()
  return (
    <fieldset>
      <legend>{when}</legend>
      <label>
        <input type="radio" name={name} checked={!isLater} onChange={() => onChange(false)} /> {now}
      </label>
      <label>
        <input type="radio" name={name} checked={isLater} onChange={() => onChange(true)} /> {later}
      </label>
      {isLater && <PlanTime onChange={onTime} />}
    </fieldset>
  )
}
