'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useRef, useState } from 'react'
import type { MailPreview } from '../../collections/Articles/endpoints/mailPreview.ts'
import { questionOf, type LookReader } from './reader.ts'

/**
 * The mail of the article with what stands in the form, asked for again when that changes, and when the article has been saved
 * since (`version`). The last one stays while the next is made, and when it cannot be.
 * @param unsaved what Unsaved tells; empty before it has told anything, when nothing is asked.
 */
export function useMailPreview({
  articleId,
  reader,
  unsaved,
  version,
}: {
  articleId: number | string | undefined
  reader: LookReader
  unsaved: string
  version: number | string
}): { preview: MailPreview | null; isFailed: boolean } {
  const { config } = useConfig()
  const url = articleId === undefined ? null : `${config.routes.api}/articles/${articleId}/mail-preview`
  const [last, setLast] = useState<{ key: string; preview: MailPreview | null; isFailed: boolean }>({
    key: '',
    preview: null,
    isFailed: false,
  })
  const question = JSON.stringify(questionOf(reader))
  const key = `${url} ${question}`
  const underWay = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    if (url === null || unsaved === '') return
    let isCurrent = true
    const ask = async () => {
      // One at a time: while somebody writes, only the newest waits.
      await underWay.current
      if (!isCurrent) return
      const asked = askPreview({ url, body: `${question.slice(0, -1)},"unsaved":${unsaved}}` })
      underWay.current = asked
      const preview = await asked
      if (!isCurrent) return
      setLast((before) =>
        preview
          ? { key, preview, isFailed: false }
          : { key, preview: before.key === key ? before.preview : null, isFailed: true },
      )
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [url, question, unsaved, version, key])
  const isOfThis = last.key === key
  return { preview: isOfThis ? last.preview : null, isFailed: isOfThis && last.isFailed }
}

/** Null when there is no answer, or one that says no. */
async function askPreview({ url, body }: { url: string; body: string }): Promise<MailPreview | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body,
    })
    return response.ok ? ((await response.json()) as MailPreview) : null
  } catch {
    return null
  }
}
