'use client'

import { Button, useAuth, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useId, useState } from 'react'
import type { PreflightAnswer } from '../../collections/Articles/endpoints/preflight.ts'
import type { User } from '../../payload-types.ts'
import { PASSABLE_CODES } from '../../preflight/model.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'

/** An admin may pass the stops, and says why. Shown to nobody else, nor where one of them cannot be passed. */
export function OverrideForm({ stops }: { stops: PreflightAnswer['checks'] }) {
  const { user } = useAuth<User>()
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const { text } = useAdminText()
  const untilSaved = useUntilSaved()
  const reasonId = useId()
  const [reason, setReason] = useState('')
  const [state, setState] = useState<'ready' | 'busy' | { refused: string }>('ready')
  const checks = stops.map(({ code }) => code)
  if (user?.role !== 'admin' || !checks.every((code) => PASSABLE_CODES.includes(code))) return null
  const words = text.publish.override
  const publish = async () => {
    if (state === 'busy') return
    setState('busy')
    await untilSaved()
    const refused = await ask(`${config.routes.api}/articles/${id}/publish`, {
      channels: 'site_and_mail',
      override: { checks, reason },
    })
    if (refused === null) window.location.reload()
    else setState({ refused: refused || words.failed })
  }
  return (
    <details className="publish-sheet__override">
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
        onClick={() => void publish()}
      >
        {words.send}
      </Button>
      <p role="status">{typeof state === 'object' && state.refused}</p>
    </details>
  )
}

/** @returns null when it is done; else the server's words, empty where it gave none. */
async function ask(url: string, body: object): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return null
    const { errors } = (await response.json()) as { errors?: { message: string }[] }
    return errors?.map(({ message }) => message).join(' ') ?? ''
  } catch {
    return ''
  }
}
