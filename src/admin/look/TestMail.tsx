'use client'

import { Button, useAuth, useConfig } from '@payloadcms/ui'
import { useRef, useState } from 'react'
import type { TestMailAnswer } from '../../collections/Articles/endpoints/testMail.ts'
import type { Locale, TransactionalMailStatus } from '../../newsletter/model.ts'
import type { TransactionalMail, User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'

type Sent = { kind: 'queued'; to: string[] } | { kind: 'refused'; message: string }

/** Sends test mails of the saved draft to the user, or also to the addresses in the settings. Lists the last tests. */
export function TestMail({ articleId, locale }: { articleId: number | string; locale: Locale }) {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text } = useAdminText()
  const words = text.look
  const untilSaved = useUntilSaved()
  const isBusy = useRef(false)
  const [sent, setSent] = useState<Sent | null>(null)
  const [tests, setTests] = useState(0)
  const isEditor = isEditorUser(user)
  const site = useAnswer<{ testAddresses?: string | null }>({
    path: isEditor ? '/globals/site?depth=0&select[testAddresses]=true' : null,
  })
  const kept = (site.answer?.testAddresses ?? '').split(/[\n;]+/).filter((line) => line.trim() !== '').length
  const send = async (asked: { kept?: boolean }) => {
    // Not disabled meanwhile: a disabled button loses the focus.
    if (isBusy.current) return
    isBusy.current = true
    setSent(null)
    await untilSaved()
    const url = `${config.routes.api}/articles/${articleId}/test-mail`
    setSent(await askTest({ url, asked: { locale, ...asked }, unreachable: words.unreachable }))
    setTests((count) => count + 1)
    isBusy.current = false
  }
  const button = { buttonStyle: 'secondary', size: 'medium', margin: false } as const
  return (
    <div className="mail-look__test">
      <Button {...button} onClick={() => void send({})}>
        {words.testToMe}
      </Button>
      {kept > 0 && (
        <Button {...button} onClick={() => void send({ kept: true })}>
          {words.testToAll(kept)}
        </Button>
      )}
      <p role="status">
        {sent?.kind === 'queued' && words.onItsWay(sent.to.join(', '))}
        {sent?.kind === 'refused' && sent.message}
      </p>
      {isEditor && <Tests articleId={articleId} version={tests} />}
    </div>
  )
}

type Test = Pick<TransactionalMail, 'id' | 'email' | 'status' | 'createdAt'>
const isMoving = ({ status }: { status: TransactionalMailStatus }) => status === 'pending'

/** The last tests of the article, and what became of them. */
function Tests({ articleId, version }: { articleId: number | string; version: number }) {
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
  asked: { locale: Locale; kept?: boolean }
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
