'use client'

import { PublishButton, useAuth, useConfig, useDocumentInfo, useForm, useLocale } from '@payloadcms/ui'
import { useRef, useState } from 'react'
import type { User } from '../../payload-types.ts'
import { useArticleMailing } from '../campaign/useArticleCampaign.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { KeptClick, type Ask } from '../saving/KeptClick.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import { DOUBLE_CLICK_MS, PublishSheet } from './PublishSheet.tsx'

/** No click publishes an article in fewer than two looks: Payload's button opens a sheet, and the button in that publishes. */
export function ArticleButton() {
  const { text } = useAdminText()
  const [asked, setAsked] = useState<Parameters<Ask>[0] | null>(null)
  const publishLocale = usePublishLocale()
  const { user } = useAuth<User>()
  const mailing = useArticleMailing({ isEditor: isEditorUser(user) })
  const isDone = useRef(false)
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const open: Ask = (click) => {
    clearTimeout(closing.current)
    isDone.current = false
    setAsked(click)
  }
  const close = () => setAsked(null)
  const publish = ({ isOneLanguage }: { isOneLanguage: boolean }) => {
    if (isDone.current) return
    isDone.current = true
    closing.current = setTimeout(close, DOUBLE_CLICK_MS)
    if (!isOneLanguage) return asked?.goOn()
    asked?.goOn(() => {
      void publishLocale()
      return true
    })
  }
  return (
    <>
      <KeptClick onAsk={open}>
        <PublishButton label={text.publish.open} />
      </KeptClick>
      {asked && <PublishSheet mailing={mailing} onClose={close} onPublish={publish} />}
    </>
  )
}

/** As Payload's menu does it; its button is gone when the sheet has been in front of it. */
function usePublishLocale(): () => Promise<void> {
  const { submit } = useForm()
  const { id, setHasPublishedDoc, setMostRecentVersionIsAutosaved, setUnpublishedVersionCount } =
    useDocumentInfo()
  const { config } = useConfig()
  const { code } = useLocale()
  return async () => {
    const query = new URLSearchParams({ depth: '0', locale: code, publishSpecificLocale: code })
    const isDone = await submit({
      action: `${config.routes.api}/articles/${id}?${query}`,
      overrides: { _status: 'published' },
    })
    if (!isDone) return
    setUnpublishedVersionCount(0)
    setMostRecentVersionIsAutosaved(false)
    setHasPublishedDoc(true)
  }
}
