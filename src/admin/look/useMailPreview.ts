'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useRef, useState } from 'react'
import type { MailPreview } from '../../collections/Articles/endpoints/mailPreview.ts'
import type { Locale } from '../../newsletter/model.ts'

/**
 * The mail of the article as it is saved, asked for again when it has been saved since (`version`). The last one stays while
 * the next is made, and when it cannot be.
 */
export function useMailPreview({
  articleId,
  locale,
  version,
}: {
  articleId: number | string | undefined
  locale: Locale
  version: number | string
}): { preview: MailPreview | null; isFailed: boolean } {
  const { config } = useConfig()
  const url = articleId === undefined ? null : `${config.routes.api}/articles/${articleId}/mail-preview`
  const [last, setLast] = useState<{ key: string; preview: MailPreview | null; isFailed: boolean }>({
    key: '',
    preview: null,
    isFailed: false,
  })
  const key = `${url} ${locale}`
  const underWay = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    if (url === null) return
    let isCurrent = true
    const ask = async () => {
      // One at a time: while somebody writes, only the newest waits.
      await underWay.current
      if (!isCurrent) return
      const question = askPreview({ url, locale })
      underWay.current = question
      const preview = await question
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
  }, [url, locale, version, key])
  const isOfThis = last.key === key
  return { preview: isOfThis ? last.preview : null, isFailed: isOfThis && last.isFailed }
}

/** Null when there is no answer, or one that says no. */
async function askPreview({ url, locale }: { url: string; locale: Locale }): Promise<MailPreview | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ locale }),
    })
    return response.ok ? ((await response.json()) as MailPreview) : null
  } catch {
    return null
  }
}
