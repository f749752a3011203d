'use client'

import { Banner, useDocumentInfo } from '@payloadcms/ui'
import { useId, useState, type ReactNode } from 'react'
import type { MailPreview } from '../../collections/Articles/endpoints/mailPreview.ts'
import { LOCALES, type Locale } from '../../newsletter/model.ts'
import { MailFrame } from '../parts/MailFrame.tsx'
import { CLIPPED_ABOVE } from '../../preflight/rules/text.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { TestMail } from './TestMail.tsx'
import { useMailPreview } from './useMailPreview.ts'
import './look.css'

const VIEWS = ['desktop', 'phone', 'dark', 'noImages', 'text'] as const
export type LookView = (typeof VIEWS)[number]

/** In the article's newsletter tab: the mail as its readers will get it, as it is saved now, and a test of it. */
export function MailLook() {
  const { id, lastUpdateTime } = useDocumentInfo()
  const { text } = useAdminText()
  const [locale, setLocale] = useState<Locale>('sv')
  const [view, setView] = useState<LookView>('desktop')
  const { preview, isFailed } = useMailPreview({ articleId: id, locale, version: lastUpdateTime })
  const words = text.look
  if (id === undefined) return null
  return (
    <section className="mail-look" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <div className="mail-look__choices">
        <Choice label={words.showAs} names={VIEWS} labels={words.views} chosen={view} onChoose={setView} />
        <Choice
          label={words.reader}
          names={LOCALES}
          labels={words.readers}
          chosen={locale}
          onChoose={setLocale}
        />
      </div>
      <TestMail articleId={id} locale={locale} />
      <div role="status">{isFailed && <Banner type="error">{words.failed}</Banner>}</div>
      {preview && (
        <>
          <InboxLine preview={preview} label={words.inbox} />
          {preview.bytes > CLIPPED_ABOVE && <Banner type="error">{text.outbox.tooBig}</Banner>}
          <Mail preview={preview} view={view} title={text.outbox.frame(preview.subject)} />
        </>
      )}
    </section>
  )
}

function Mail({ preview, view, title }: { preview: MailPreview; view: LookView; title: string }): ReactNode {
  return view === 'text' ? (
    <pre>{preview.text}</pre>
  ) : (
    <MailFrame
      key={view}
      html={preview.html}
      title={title}
      width={view === 'phone' ? 'phone' : 'desktop'}
      isDark={view === 'dark'}
      hasImages={view !== 'noImages'}
    />
  )
}

/** As an inbox shows it before it is opened: one line, cut where the window ends. */
function InboxLine({
  preview: { from, subject, preheader },
  label,
}: {
  preview: MailPreview
  label: string
}) {
  return (
    <p className="mail-look__inbox" role="group" aria-label={label}>
      <span className="mail-look__from">{from.name}</span>
      <span className="mail-look__line">
        <strong>{subject}</strong> <span>{preheader}</span>
      </span>
    </p>
  )
}

function Choice<Name extends string>({
  label,
  names,
  labels,
  chosen,
  onChoose,
}: {
  label: string
  names: readonly Name[]
  labels: Record<Name, string>
  chosen: Name
  onChoose: (name: Name) => void
}) {
  const group = useId()
  return (
    <fieldset className="mail-look__choice">
      <legend className="mail-look__legend">{label}</legend>
      {names.map((name) => (
        <label key={name}>
          <input type="radio" name={group} checked={name === chosen} onChange={() => onChoose(name)} />
          <span>{labels[name]}</span>
        </label>
      ))}
    </fieldset>
  )
}
