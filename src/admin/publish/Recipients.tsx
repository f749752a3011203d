'use client'

import { useField } from '@payloadcms/ui'
import { useState } from 'react'
import type { AudienceAnswer, LeftOut } from '../../collections/Articles/endpoints/audience.ts'
import { AudienceForecast } from '../campaign/AudienceForecast.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'

interface TopicDoc {
  id: number | string
  name: string
}

/** As many as fit in a list that one reads; the newsletter tab has a search. */
const MOST_TOPICS = 50

/** Whom the newsletter goes to: those who follow one of these; none chosen: everybody. */
export function Topics() {
  const { text } = useAdminText()
  const { to, everybody, moreTopics } = text.publish.sheet
  const chosen = useField<(number | string)[]>({ path: 'newsletter.topics' })
  const { answer } = useAnswer<{ docs: TopicDoc[]; totalDocs: number }>({
    path: `/topics?limit=${MOST_TOPICS}&depth=0&sort=name&select[name]=true`,
  })
  const ids = chosen.value ?? []
  if (!answer || answer.docs.length === 0) return null
  const toggle = (id: TopicDoc['id']) =>
    chosen.setValue(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id])
  return (
    <fieldset>
      <legend>{to}</legend>
      {answer.docs.map(({ id, name }) => (
        <label key={id}>
          <input type="checkbox" checked={ids.includes(id)} onChange={() => toggle(id)} /> {name}
        </label>
      ))}
      {answer.totalDocs > answer.docs.length && <p className="publish-sheet__note">{moreTopics}</p>}
      {ids.length === 0 && <p className="publish-sheet__note">{everybody}</p>}
    </fieldset>
  )
}

const REASONS = [
  'otherTopics',
  'paused',
  'pending',
  'unsubscribed',
  'suppressed',
] as const satisfies (keyof LeftOut)[]

/** Who gets it, and who does not and why. */
export function Recipients({ audience, isPlanned }: { audience: AudienceAnswer; isPlanned: boolean }) {
  const { text, number } = useAdminText()
  const topics = useField<(number | string)[]>({ path: 'newsletter.topics' }).value ?? []
  const [isOpen, setIsOpen] = useState(false)
  const { answer } = useAnswer<AudienceAnswer>({
    path: isOpen ? `/articles/audience?topics=${topics.join(',')}&leftOut=true` : null,
  })
  const { leftOut, reasons, nobody } = text.publish.sheet
  const counts = answer?.leftOut
  const shown = counts ? REASONS.filter((reason) => counts[reason] > 0) : []
  return (
    <section className="publish-sheet__recipients" aria-live="polite">
      <AudienceForecast audience={audience} isPlanned={isPlanned} />
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{leftOut}</summary>
        {counts && (
          <ul>
            {shown.map((reason) => (
              <li key={reason}>{reasons[reason](counts[reason], number(counts[reason]))}</li>
            ))}
            {shown.length === 0 && <li>{nobody}</li>}
          </ul>
        )}
      </details>
    </section>
  )
}
