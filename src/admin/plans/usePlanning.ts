'use client'

import { toast, useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { askServer } from '../parts/askServer.ts'
import { useSavedVersion } from '../saving/useSavedVersion.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { tell } from '../parts/signals.ts'

/** What an answer says of the article that was saved with a plan. */
interface Planned {
  article?: { updatedAt: string }
}

/**
 * Asks the server for a plan of the article whose form this is, when what was written last is saved. Of a version that the
 * person has not seen nothing is planned.
 * @param options.path of the endpoint, which takes `body` by POST.
 */
export function usePlanning({ path, body, onDone }: { path: string; body: object; onDone: () => void }): {
  plan: () => Promise<void>
  /** The server has made the plan on another request, and said this. */
  noteDone: (body: unknown) => void
  isBusy: boolean
  refused: string
} {
  const { config } = useConfig()
  const { text } = useAdminText()
  const untilSaved = useUntilSaved()
  const saved = useSavedVersion()
  const [isBusy, setIsBusy] = useState(false)
  const [refused, setRefused] = useState('')
  const noteDone = (body: unknown) => {
    const { article } = body as Planned
    if (article) saved.note(article.updatedAt)
    tell('plansChanged')
    toast.success(text.plans.planned)
    onDone()
  }
  const plan = async () => {
    setIsBusy(true)
    setRefused('')
    await untilSaved()
    const answer = await askServer({
      ...{ url: config.routes.api + path, method: 'POST', body, version: saved.read() },
    })
    setIsBusy(false)
    if (answer.isDone) noteDone(answer.body)
    else setRefused(answer.message || text.plans.unreachable)
  }
  return { plan, noteDone, isBusy, refused }
}
