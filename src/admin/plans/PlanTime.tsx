'use client'

import { Button } from '@payloadcms/ui'
import { useEffect, useId, useState } from 'react'
import { useAdminText } from '../text/useAdminText.ts'
import { showSiteTime } from './planFacts.ts'
import './plans.css'
import { useTimes } from './usePlans.ts'

/** A time that can be planned. */
export interface ChosenTime {
  /** By the clock of the site, as 2026-12-03T08:00: what the server is told. */
  local: string
  /** In words. */
  shown: string
}

/**
 * Asks for a time by the clock of the site: the usual ones with one click, or any. It shows what the server takes the time for.
 * @param props.onChange gets the time, or null while there is none that can be planned.
 */
export function PlanTime({ onChange }: { onChange: (time: ChosenTime | null) => void }) {
  const { text } = useAdminText()
  const words = text.plans.time
  const inputId = useId()
  const [local, setLocal] = useState('')
  const { answer, isFailed } = useTimes({ local })
  // While the answer to a new time is under way the zone and the usual times stay in sight.
  const [known, setKnown] = useState(answer)
  if (answer && answer !== known) setKnown(answer)
  const chosen = answer?.chosen ?? null
  const show = (at: string) =>
    showSiteTime({ at, timeZone: known?.timeZone ?? 'UTC', language: text.language })
  const shown = chosen && show(chosen.at)
  const isPlannable = chosen !== null && chosen.fault === null
  useEffect(() => {
    onChange(isPlannable && shown ? { local, shown } : null)
  }, [onChange, isPlannable, local, shown])
  return (
    <div className="plan-time">
      <div className="plan-time__usual">
        {known?.usual.map((usual) => (
          <Button
            key={usual.at}
            buttonStyle={usual.local === local ? 'primary' : 'secondary'}
            size="medium"
            margin={false}
            extraButtonProps={{ 'aria-pressed': usual.local === local }}
            onClick={() => setLocal(usual.local)}
          >
            {show(usual.at)}
          </Button>
        ))}
      </div>
      <label htmlFor={inputId}>{words.own}</label>
      <input
        id={inputId}
        type="datetime-local"
        value={local}
        onChange={({ target }) => setLocal(target.value)}
      />
      {known && <p className="plan-time__note">{words.zone(known.timeZone)}</p>}
      <p role="status">
        {chosen?.fault && words.faults[chosen.fault]}
        {isPlannable && chosen.shift && shown && words.shifts[chosen.shift](shown)}
        {isFailed && text.plans.unreachable}
      </p>
    </div>
  )
}
