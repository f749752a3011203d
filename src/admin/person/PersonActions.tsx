'use client'

import {
  Banner,
  Button,
  Pill,
  toast,
  useAuth,
  useConfig,
  useDocumentInfo,
  useFormModified,
} from '@payloadcms/ui'
import { useId, useState, type ComponentProps } from 'react'
import type { TimelineAnswer } from '../../endpoints/people/timeline.ts'
import type { SubscriberStatus } from '../../newsletter/model.ts'
import type { Subscriber, User } from '../../payload-types.ts'
import { askServer } from '../parts/askServer.ts'
import { tell } from '../parts/signals.ts'
import { ErasePerson } from './ErasePerson.tsx'
import type { PersonText } from './personText.ts'
import { useNewestEvents, usePerson, usePersonText } from './usePerson.ts'
import './person.css'

/** At the head of a subscriber's page: how it stands with them, and what staff can do for them. */
export function PersonActions() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Person key={id} id={id} />
}

function Person({ id }: { id: number | string }) {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text } = usePersonText()
  const { answer: person, isFailed } = usePerson(id)
  const { answer: newest } = useNewestEvents(id)
  if (!person) return isFailed ? <Banner type="error">{text.timeline.unreachable}</Banner> : null
  const data = `${config.routes.api}/subscribers/${id}/data`
  return (
    <section className="person" aria-label={text.heading}>
      <State person={person} newest={newest} />
      <div className="person__actions">
        {newest?.confirmableUntil && !newest.isSuppressed && <ConfirmAgain id={id} text={text} />}
        {person.status === 'active' && <Pause id={id} isPaused={isPaused(person)} text={text} />}
        <a className="btn btn--style-secondary btn--size-medium person__link" href={data} download>
          {text.exportData}
        </a>
      </div>
      {user?.role === 'admin' && <ErasePerson id={id} name={nameOf(person, newest)} />}
    </section>
  )
}

const isPaused = ({ pausedUntil }: Subscriber) => Boolean(pausedUntil && new Date(pausedUntil) > new Date())

/** Both, where there is a name: two people can have one name. */
function nameOf({ name, email }: Subscriber, newest: TimelineAnswer | null): string {
  const address = newest?.address ?? email
  return name ? `${name} (${address})` : address
}

const PILLS: Record<SubscriberStatus, ComponentProps<typeof Pill>['pillStyle']> = {
  pending: 'warning',
  active: 'success',
  unsubscribed: 'light',
  suppressed: 'error',
}

function State({ person, newest }: { person: Subscriber; newest: TimelineAnswer | null }) {
  const { text, day, moment } = usePersonText()
  const { about } = text
  const { status, createdAt, pausedUntil, unsubscribedAt } = person
  const sentence = (): string => {
    if (status === 'suppressed' || newest?.isSuppressed) return about.suppressed
    switch (status) {
      case 'active':
        return pausedUntil && isPaused(person) ? about.paused(day(pausedUntil)) : about.active(day(createdAt))
      case 'pending':
        return newest?.confirmableUntil ? about.pending(moment(newest.confirmableUntil)) : about.tooLate
      case 'unsubscribed':
        return unsubscribedAt ? about.unsubscribed(day(unsubscribedAt)) : about.left
    }
  }
  return (
    <p className="person__state" role="status">
      <Pill pillStyle={PILLS[status]} size="small">
        {text.status[status]}
      </Pill>
      {(status !== 'pending' || newest) && <span>{sentence()}</span>}
    </p>
  )
}

/** Asks the server for it; says what came of it where that is not seen. */
function useAction(id: number | string) {
  const { config } = useConfig()
  const { text } = usePersonText()
  const [isBusy, setIsBusy] = useState(false)
  const act = async <Body,>(path: string, body?: object): Promise<Body | null> => {
    setIsBusy(true)
    const url = `${config.routes.api}/subscribers/${id}/${path}`
    const answer = await askServer<Body>({ url, method: 'POST', ...(body && { body }) })
    setIsBusy(false)
    tell('personChanged')
    if (answer.isDone) return answer.body
    toast.error(answer.message || text.failed)
    return null
  }
  return { isBusy, act }
}

function ConfirmAgain({ id, text }: { id: number | string; text: PersonText }) {
  const { moment } = usePersonText()
  const { isBusy, act } = useAction(id)
  const send = async () => {
    const done = await act<{ until: string }>('confirm-again')
    if (done) toast.success(text.confirmSent(moment(done.until)))
  }
  return (
    <Button size="medium" margin={false} disabled={isBusy} onClick={() => void send()}>
      {text.confirmAgain}
    </Button>
  )
}

const WEEKS = [1, 2, 4, 8, 12, 26, 52]

/** The form shows until when: it is loaded anew, and never over unsaved words. */
function Pause({ id, isPaused: isOver, text }: { id: number | string; isPaused: boolean; text: PersonText }) {
  const isModified = useFormModified()
  const { isBusy, act } = useAction(id)
  const [weeks, setWeeks] = useState(4)
  const select = useId()
  const pause = async (count: number) => {
    if (isModified) return void toast.error(text.unsaved)
    if (await act('pause', { weeks: count })) window.location.reload()
  }
  if (isOver)
    return (
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={isBusy}
        onClick={() => void pause(0)}
      >
        {text.pause.end}
      </Button>
    )
  return (
    <div className="person__pause">
      <label htmlFor={select}>{text.pause.label}</label>
      <select
        id={select}
        value={weeks}
        disabled={isBusy}
        onChange={({ currentTarget }) => setWeeks(Number(currentTarget.value))}
      >
        {WEEKS.map((count) => (
          <option key={count} value={count}>
            {text.pause.weeks(count)}
          </option>
        ))}
      </select>
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={isBusy}
        onClick={() => void pause(weeks)}
      >
        {text.pause.button}
      </Button>
    </div>
  )
}
