'use client'

import { useAuth } from '@payloadcms/ui'
import type { Health } from '../../endpoints/health.ts'
import type { User } from '../../payload-types.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './worker.css'

const ASK_EVERY_MS = 30_000

/** Above every page of the admin, while something is due and no worker takes it. Says nothing when it cannot know. */
export function WorkerBanner() {
  const { user } = useAuth<User>()
  const { answer } = useAnswer<Pick<Health, 'worker' | 'oldestDueAt'>>({
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
