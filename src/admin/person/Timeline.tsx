'use client'

import { Banner, Button, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'
import type { TimelineAnswer, TimelineEvent } from '../../endpoints/people/timeline.ts'
import { useKeptState } from '../parts/useKeptState.ts'
import { Happened } from './Happened.tsx'
import { useNewestEvents, usePersonText } from './usePerson.ts'
import './person.css'

/** On a subscriber's page: what they did and what was done to or for them, the newest first. */
export function Timeline() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Events key={id} id={id} />
}

function Events({ id }: { id: number | string }) {
  const { text, moment } = usePersonText()
  const { answer: newest, isFailed } = useNewestEvents(id)
  const earlier = useEarlier(id)
  const { heading, none, unreachable, earlier: showEarlier, loading } = text.timeline
  const events = newest ? withoutRepeats([...newest.events, ...earlier.events]) : []
  const before = earlier.before === undefined ? (newest?.before ?? null) : earlier.before
  return (
    <section className="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{heading}</h2>
      {(isFailed || earlier.isFailed) && <Banner type="error">{unreachable}</Banner>}
      {newest && events.length === 0 && <p>{none}</p>}
      <ol aria-busy={earlier.isBusy}>
        {events.map((event) => (
          <li key={event.key} data-what={event.what}>
            <time dateTime={event.at}>{moment(event.at)}</time>
            <Happened event={event} />
          </li>
        ))}
      </ol>
      {before !== null && (
        <Button
          buttonStyle="secondary"
          size="medium"
          margin={false}
          disabled={earlier.isBusy}
          onClick={() => void earlier.ask(before)}
        >
          {earlier.isBusy ? loading : showEarlier}
        </Button>
      )}
    </section>
  )
}

/** What has happened meanwhile moves the border between the pages. */
const withoutRepeats = (events: TimelineEvent[]): TimelineEvent[] => [
  ...new Map(events.map((event) => [event.key, event])).values(),
]

interface Earlier {
  events: TimelineEvent[]
  /** Undefined as long as nothing earlier was asked for. */
  before: string | null | undefined
}

/** The pages after the first, as they are asked for. */
function useEarlier(id: number | string) {
  const { config } = useConfig()
  const [{ events, before }, change] = useKeptState<Earlier>(`earlier events of ${id}`, {
    events: [],
    before: undefined,
  })
  const [isBusy, setIsBusy] = useState(false)
  const [isFailed, setIsFailed] = useState(false)
  const ask = async (from: string) => {
    setIsBusy(true)
    const url = `${config.routes.api}/subscribers/${id}/timeline?${new URLSearchParams({ before: from })}`
    const answer = await fetch(url, { credentials: 'same-origin' })
      .then((response) => (response.ok ? (response.json() as Promise<TimelineAnswer>) : null))
      .catch(() => null)
    setIsBusy(false)
    setIsFailed(answer === null)
    if (answer) change((was) => ({ events: [...was.events, ...answer.events], before: answer.before }))
  }
  return { events, before, isBusy, isFailed, ask }
}
