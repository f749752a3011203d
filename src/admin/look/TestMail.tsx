'use client'

import { Button, useAuth, useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { TestMailAnswer } from '../../collections/Articles/endpoints/testMail.ts'
import type { Locale, TransactionalMailStatus } from '../../newsletter/model.ts'
import type { TransactionalMail, User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'

type Sent = { kind: 'queued'; to: string[] } | { kind: 'refused'; message: string }

/** Mails the draft as it is saved to whoever asks, or also to the addresses of the settings, and tells of the last tests. */
export function TestMail({ articleId, locale }: { articleId: number | string; locale: Locale }) {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text } = useAdminText()
  const words = text.look
  const [isBusy, setIsBusy] = useState(false)
  const [sent, setSent] = useState<Sent | null>(null)
  const site = useAnswer<{ testAddresses?: string | null }>({
    path: '/globals/site?depth=0&select[testAddresses]=true',
  })
  const kept = linesOf(site.answer?.testAddresses)
  const send = async (to: string[] | undefined) => {
    setIsBusy(true)
    setSent(
      await askTest({
        url: `${config.routes.api}/articles/${articleId}/test-mail`,
        asked: { locale, ...(to && { to }) },
        unreachable: words.unreachable,
      }),
    )
    setIsBusy(false)
  }
  if (!user) return null
  return (
    <div className="mail-look__test">
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={isBusy}
        onClick={() => void send(undefined)}
      >
        {words.testToMe}
      </Button>
      {kept.length > 0 && (
        <Button
          buttonStyle="secondary"
          size="medium"
          margin={false}
          disabled={isBusy}
          onClick={() => void send([user.email, ...kept])}
        >
          {words.testToAll(kept.length)}
        </Button>
      )}
      <p role="status">
        {sent?.kind === 'queued' && words.onItsWay(sent.to.join(', '))}
        {sent?.kind === 'refused' && sent.message}
      </p>
      {isEditorUser(user) && <Tests articleId={articleId} version={sent ? JSON.stringify(sent) : ''} />}
    </div>
  )
}

/** The server reads each of them. */
const linesOf = (written: string | null | undefined): string[] =>
  (written ?? '').split(/[\n,;]+/).filter((line) => line.trim() !== '')

type Test = Pick<TransactionalMail, 'id' | 'email' | 'status' | 'createdAt'>
const isMoving = ({ status }: { status: TransactionalMailStatus }) => status === 'pending'

/** The last tests of the article, and what became of them. */
function Tests({ articleId, version }: { articleId: number | string; version: string }) {
  const { text } = useAdminText()
  const { answer } = useAnswer<{ docs: Test[] }>({
    path: `/transactional-mails?where[article][equals]=${articleId}&limit=5&pagination=false&depth=0&sort=-createdAt&select[email]=true&select[status]=true&select[createdAt]=true`,
    everyMs: (last) => (last?.docs.some(isMoving) ? 2_000 : null),
    version,
  })
  if (!answer || answer.docs.length === 0) return null
  return (
    <>
      <h3>{text.look.tests}</h3>
      <ul className="mail-look__tests">
        {answer.docs.map(({ id, email, status, createdAt }) => (
          <li key={id}>
            <LocalTime date={createdAt} language={text.language} /> {email}: {text.look.statuses[status]}
          </li>
        ))}
      </ul>
    </>
  )
}

async function askTest({
  url,
  asked,
  unreachable,
}: {
  url: string
  asked: { locale: Locale; to?: string[] }
  unreachable: string
}): Promise<Sent> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    })
    const body = (await response.json()) as Partial<TestMailAnswer> & { errors?: { message: string }[] }
    return response.ok
      ? { kind: 'queued', to: (body.mails ?? []).map(({ to }) => to) }
      : { kind: 'refused', message: body.errors?.[0]?.message ?? unreachable }
  } catch {
    return { kind: 'refused', message: unreachable }
  }
}
