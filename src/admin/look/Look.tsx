'use client'

import { Banner, useDocumentInfo, useLocale } from '@payloadcms/ui'
import { useState, type ReactNode } from 'react'
import type { MailPreview } from '../../collections/Articles/endpoints/mailPreview.ts'
import type { Locale } from '../../newsletter/model.ts'
import { CLIPPED_ABOVE } from '../../preflight/rules/text.ts'
import { MailFrame } from '../parts/MailFrame.tsx'
import { useKeptState } from '../parts/useKeptState.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { Choice } from './Choice.tsx'
import { InboxLines } from './InboxLines.tsx'
import type { LookReader } from './reader.ts'
import { ReaderChoice } from './ReaderChoice.tsx'
import { TestMail } from './TestMail.tsx'
import { Unsaved } from './Unsaved.tsx'
import { useMailPreview } from './useMailPreview.ts'
import './look.css'

const VIEWS = ['desktop', 'phone', 'dark', 'noImages', 'text'] as const
export type LookView = (typeof VIEWS)[number]

/** The mail as its readers will get it, with what stands in the form, and a test of it. */
export function Look({ articleId }: { articleId: number | string }) {
  const { lastUpdateTime } = useDocumentInfo()
  const { text } = useAdminText()
  const formLocale: Locale = useLocale().code === 'en' ? 'en' : 'sv'
  const [chosen, choose] = useKeptState<LookReader | null>(`look reader ${articleId}`, null)
  const [view, changeView] = useKeptState<LookView>(`look view ${articleId}`, 'desktop')
  const [unsaved, setUnsaved] = useState('')
  const reader = chosen ?? { kind: 'somebody', locale: formLocale }
  const { preview, isFailed } = useMailPreview({ articleId, reader, unsaved, version: lastUpdateTime })
  const words = text.look
  return (
    <section className="mail-look" aria-label={words.heading}>
      <Unsaved onChange={setUnsaved} />
      <h2>{words.heading}</h2>
      <div className="mail-look__choices">
        <Choice
          {...{ label: words.showAs, names: VIEWS, labels: words.views, chosen: view }}
          onChoose={(name) => changeView(() => name)}
        />
        <ReaderChoice {...{ reader, formLocale, words }} onChoose={(next) => choose(() => next)} />
      </div>
      <div role="status">{isFailed && <Banner type="error">{words.failed}</Banner>}</div>
      {preview && (
        <>
          <InboxLines {...{ preview, words }} />
          {preview.bytes > CLIPPED_ABOVE && <Banner type="error">{text.outbox.tooBig}</Banner>}
          <Mail preview={preview} view={view} title={text.outbox.frame(preview.subject)} />
        </>
      )}
      <TestMail articleId={articleId} locale={reader.locale} />
    </section>
  )
}

function Mail({ preview, view, title }: { preview: MailPreview; view: LookView; title: string }): ReactNode {
  return view === 'text' ? (
    <pre tabIndex={0}>{preview.text}</pre>
  ) : (
    <MailFrame
      key={view}
      html={preview.html}
      title={title}
      width={view === 'phone' ? 'phone' : 'desktop'}
      isDark={view === 'dark'}
      hasImages={view !== 'noImages'}
      isLive
    />
  )
}
