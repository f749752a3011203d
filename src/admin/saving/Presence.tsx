'use client'

import { Pill, useDocumentInfo } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { Present } from '../../endpoints/presence.ts'
import { useAdminText } from '../text/useAdminText.ts'

const SAY_EVERY_MS = 15_000

/** In each form that several people write in: who else has the document open. */
export function Presence() {
  const { collectionSlug, globalSlug, id } = useDocumentInfo()
  const { text } = useAdminText()
  const others = useOthers({
    owner: collectionSlug ?? globalSlug,
    id: globalSlug ? undefined : id,
    isKnown: Boolean(globalSlug ?? id),
  })
  return (
    <div className="presence" role="status">
      {others.map(({ name, isOwn }) => (
        <Pill key={`${name}${String(isOwn)}`} size="small" pillStyle="warning">
          {isOwn ? text.saving.youElsewhere : text.saving.alsoHere(name)}
        </Pill>
      ))}
    </div>
  )
}

function useOthers({
  owner,
  id,
  isKnown,
}: {
  owner: string | undefined
  id: string | number | undefined
  isKnown: boolean
}): Present[] {
  const [others, setOthers] = useState<Present[]>([])
  useEffect(() => {
    if (!owner || !isKnown) return
    // One per form: the same document may be open in two windows, or two in one.
    const window_ = crypto.randomUUID()
    let isOpen = true
    const body = (isHere: boolean) => JSON.stringify({ owner, id, window: window_, isHere })
    const say = async () => {
      const heard = await hear(body(true))
      if (isOpen && heard) setOthers(heard)
    }
    const leave = () => {
      navigator.sendBeacon('/api/presence', new Blob([body(false)], { type: 'application/json' }))
    }
    const sayIfSeen = () => {
      if (!document.hidden) void say()
    }
    sayIfSeen()
    const repeat = setInterval(sayIfSeen, SAY_EVERY_MS)
    document.addEventListener('visibilitychange', sayIfSeen)
    window.addEventListener('pagehide', leave)
    return () => {
      isOpen = false
      clearInterval(repeat)
      document.removeEventListener('visibilitychange', sayIfSeen)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [owner, id, isKnown])
  return others
}

/** Null without an answer. */
async function hear(body: string): Promise<Present[] | null> {
  try {
    const answer = await fetch('/api/presence', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body,
    })
    return answer.ok ? ((await answer.json()) as { others: Present[] }).others : null
  } catch {
    return null
  }
}
