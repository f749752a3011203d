'use client'

import { toast, useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { askServer } from '../parts/askServer.ts'
import { useSavedVersion } from '../saving/useSavedVersion.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { tellPlansChanged } from './plansChanged.ts'

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
  isBusy: boolean
  refused: string
} {
  const { config } = useConfig()
  const { text } = useAdminText()
  const untilSaved = useUntilSaved()
  const saved = useSavedVersion()
  const [isBusy, setIsBusy] = useState(false)
  const [refused, setRefused] = useState('')
  const plan = async () => {
    setIsBusy(true)
    setRefused('')
    await untilSaved()
    const answer = await askServer<Planned>({
      ...{ url: config.routes.api + path, method: 'POST', body, version: saved.read() },
    })
    setIsBusy(false)
    if (!answer.isDone) return setRefused(answer.message || text.plans.unreachable)
    if (answer.body.article) saved.note(answer.body.article.updatedAt)
    tellPlansChanged()
    toast.success(text.plans.planned)
    onDone()
  }
  return { plan, isBusy, refused }
}
