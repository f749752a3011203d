'use client'

import { Button, useAuth } from '@payloadcms/ui'
import { useEffect, useId, useRef, useState } from 'react'
import type { User } from '../../payload-types.ts'
import { PASSABLE_CODES } from '../../preflight/model.ts'
import { askServer } from '../parts/askServer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './override.css'

/**
 * An admin may pass stops of preflight, and says why. Shown to nobody else, nor where one of them cannot be passed.
 * @param props.url takes {override: {checks, reason}} and `body` by POST.
 * @param props.version of the document that the person has seen: a newer one is not published. None: whichever.
 * @param props.before is waited for.
 * @param props.isReady whether it can be sent yet.
 * @param props.onDone the server has taken it, and said this.
 */
export function OverrideForm({
  checks,
  url,
  body = {},
  version,
  before,
  isReady = true,
  onDone,
}: {
  checks: string[]
  url: string
  body?: object
  version?: string
  before?: () => Promise<void>
  isReady?: boolean
  onDone: (body: unknown) => void
}) {
  const { user } = useAuth<User>()
  const { text } = useAdminText()
  const reasonId = useId()
  const [reason, setReason] = useState('')
  const [state, setState] = useState<'ready' | 'busy' | { refused: string }>('ready')
  const seen = useRef(version)
  useEffect(() => {
    seen.current = version
  }, [version])
  const passable: readonly string[] = PASSABLE_CODES
  if (user?.role !== 'admin' || !checks.every((code) => passable.includes(code))) return null
  const words = text.override
  const send = async () => {
    if (state === 'busy') return
    setState('busy')
    await before?.()
    const answer = await askServer({
      ...{ url, method: 'POST', version: seen.current },
      body: { ...body, override: { checks, reason } },
    })
    if (answer.isDone) onDone(answer.body)
    setState(answer.isDone ? 'ready' : { refused: answer.message || words.failed })
  }
  return (
    <details className="override-form">
      <summary>{words.summary}</summary>
      <p>{words.about}</p>
      <label htmlFor={reasonId}>{words.reason}</label>
      <textarea
        id={reasonId}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={reason.trim() === '' || !isReady}
        onClick={() => void send()}
      >
        {words.send}
      </Button>
      <p role="status">{typeof state === 'object' && state.refused}</p>
    </details>
  )
}
