'use client'

import { useState } from 'react'
import type { SentMail as Answer } from '../../collections/Campaigns/endpoints/sentMail.ts'
import { LOCALES, type Locale } from '../../newsletter/model.ts'
import { MailFrame } from '../parts/MailFrame.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'

/** The mail as it went out, whatever the article says now; read when somebody wants to see it. */
export function SentMail({ campaignId }: { campaignId: number | string }) {
  const { text } = useAdminText()
  const [isOpen, setIsOpen] = useState(false)
  const [locale, setLocale] = useState<Locale>('sv')
  const { answer, isFailed } = useAnswer<Answer>({
    path: isOpen ? `/campaigns/${campaignId}/mail?locale=${locale}` : null,
  })
  const words = text.campaign.sentMail
  return (
    <details className="campaign-mail" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{words.heading}</summary>
      <fieldset>
        <legend>{words.language}</legend>
        {LOCALES.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name={`mail-of-${campaignId}`}
              checked={name === locale}
              onChange={() => setLocale(name)}
            />{' '}
            {words.languages[name]}
          </label>
        ))}
      </fieldset>
      <div role="status">{isFailed && <p>{words.failed}</p>}</div>
      {answer && (
        <>
          <p>
            <strong>{answer.subject}</strong>
          </p>
          <MailFrame html={answer.html} title={text.outbox.frame(answer.subject)} width="desktop" />
        </>
      )}
    </details>
  )
}
