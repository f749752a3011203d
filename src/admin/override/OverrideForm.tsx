'use client'

import { Button, useAuth } from '@payloadcms/ui'
import { useEffect, useId, useRef, useState } from 'react'
import type { User } from '../../payload-types.ts'
import { PASSABLE_CODES } from '../../preflight/model.ts'
import { tagOf } from '../../saving/base.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './override.css'

/**
 * An admin may pass stops of preflight, and says why. Shown to nobody else, nor where one of them cannot be passed.
 * @param props.url takes {override: {checks, reason}} and `body` by POST.
 * @param props.version of the document that the person has seen: a newer one is not published. None: whichever.
 * @param props.before is waited for.
 * @param props.onDone the server has taken it.
 */
export function OverrideForm({
  checks,
  url,
  body = {},
  version,
  before,
  onDone,
}: {
  checks: string[]
  url: string
  body?: object
  version?: string
  before?: () => Promise<void>
  onDone: () => void
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
    const refused = await ask(url, { ...body, override: { checks, reason } }, seen.current)
    if (refused === null) onDone()
    setState(refused === null ? 'ready' : { refused: refused || words.failed })
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
        disabled={reason.trim() === ''}
        onClick={() => void send()}
      >
        {words.send}
      </Button>
      <p role="status">{typeof state === 'object' && state.refused}</p>
    </details>
  )
}

/** @returns null when it is done; else the server's words, empty where it gave none. */
async function ask(url: string, body: object, version: string | undefined): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/json',
        ...(version !== undefined && { 'If-Match': tagOf(version) }),
      },
      body: JSON.stringify(body),
    })
    if (response.ok) return null
    const { errors } = (await response.json()) as { errors?: { message: string }[] }
    return errors?.map(({ message }) => message).join(' ') ?? ''
  } catch {
    return ''
  }
}
