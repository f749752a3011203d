'use client'

import { Link, useAuth, useConfig } from '@payloadcms/ui'
import type { Health } from '../../endpoints/health.ts'
import { UNSEEN_AFTER_MS } from '../../newsletter/rules/pulse.ts'
import type { User } from '../../payload-types.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './worker.css'

const ASK_EVERY_MS = 30_000

/**
 * Above every page of the admin, while something is due and no worker takes it, or what the provider posted is not applied.
 * Says nothing when it cannot know.
 */
export function WorkerBanner() {
  const { user } = useAuth<User>()
  const { answer } = useAnswer<Pick<Health, 'worker' | 'events' | 'oldestDueAt' | 'now'>>({
    path: user ? '/health' : null,
    everyMs: () => ASK_EVERY_MS,
  })
  const isMissing = Boolean(answer?.worker?.isMissing)
  // It is there before it says something: only then is it read out.
  return (
    <div role="status">
      {isMissing && (
        <Warning lastSeenAt={answer?.worker?.lastSeenAt ?? null} oldestDueAt={answer?.oldestDueAt ?? null} />
      )}
      {answer?.events && <Events events={answer.events} now={new Date(answer.now)} />}
    </div>
  )
}

function Events({ events, now }: { events: NonNullable<Health['events']>; now: Date }) {
  const { text, number } = useAdminText()
  const {
    routes: { admin },
  } = useConfig().config
  const { waiting, oldestReceivedAt, setAside } = events
  const isLate = oldestReceivedAt !== null && now.getTime() - Date.parse(oldestReceivedAt) >= UNSEEN_AFTER_MS
  if (!isLate && setAside === 0) return null
  return (
    <div className="worker-banner">
      {isLate && (
        <span>
          {text.worker.eventsWait(waiting, number(waiting))}{' '}
          <LocalTime date={oldestReceivedAt} language={text.language} />.
        </span>
      )}
      {setAside > 0 && (
        <span>
          {text.worker.eventsAside(number(setAside))}{' '}
          <Link href={`${admin}/collections/waiting-events`}>{text.worker.waitingEvents}</Link>.
        </span>
      )}
    </div>
  )
}

function Warning({ lastSeenAt, oldestDueAt }: { lastSeenAt: string | null; oldestDueAt: string | null }) {
  const { text } = useAdminText()
  const { missing, waitingSince, lastSeen, neverSeen, remedy } = text.worker
  const time = (date: string) => <LocalTime date={date} language={text.language} />
  return (
    <div className="worker-banner">
      <strong>{missing}</strong>
      {oldestDueAt && (
        <span>
          {waitingSince} {time(oldestDueAt)}.
        </span>
      )}
      <span>
        {lastSeenAt ? (
          <>
            {lastSeen} {time(lastSeenAt)}.
          </>
        ) : (
          neverSeen
        )}
      </span>
      <span>
        {remedy[0]} <code>npm run worker</code>
        {remedy[1]}
      </span>
    </div>
  )
}
