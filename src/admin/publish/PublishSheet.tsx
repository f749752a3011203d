'use client'

import { Button, useDocumentInfo, useField } from '@payloadcms/ui'
import { useEffect, useId, useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { AudienceAnswer, LeftOut } from '../../collections/Articles/endpoints/audience.ts'
import type { PreflightAnswer } from '../../collections/Articles/endpoints/preflight.ts'
import { AudienceForecast } from '../campaign/AudienceForecast.tsx'
import { publishEffect, type PublishEffect } from '../campaign/publishEffect.ts'
import type { ArticleMailing } from '../campaign/useArticleCampaign.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { PreflightPanel } from '../preflight/PreflightPanel.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import { OverrideForm } from './OverrideForm.tsx'
import './publish.css'

/**
 * The second look before an article goes out: where it goes, to whom, and what speaks against it. What is chosen here is the
 * article's own setting, as in its newsletter tab.
 * @param props.mailing what publishing would do, as it is known when the sheet opens and after.
 * @param props.onPublish the click goes on as it would have without the sheet.
 */
export function PublishSheet({
  mailing,
  onPublish,
  onClose,
}: {
  mailing: ArticleMailing
  onPublish: () => void
  onClose: () => void
}) {
  const { text } = useAdminText()
  const { hasPublishedDoc } = useDocumentInfo()
  const send = useField<boolean>({ path: 'newsletter.send' })
  const topics = useField<(number | string)[]>({ path: 'newsletter.topics' }).value ?? []
  const [result, setResult] = useState<PreflightAnswer | 'running' | 'failed'>('running')
  const words = text.publish.sheet
  const effect = publishEffect({ mailing, isPublished: Boolean(hasPublishedDoc) })
  const wantsMail = mailing.kind === 'wanted'
  const stops = wantsMail && typeof result === 'object' ? stopsIn(result) : []
  // While nobody knows what the click would do, it does nothing. Where the server does not say, the click goes on: it waits
  // for a login, or the server judges it.
  const isAsked = mailing.kind !== 'off' && !mailing.isFailed
  const isUnknown =
    isAsked && (mailing.kind === 'unknown' || (wantsMail && (!effect || result === 'running')))
  const wouldMailNobody = wantsMail && mailing.audience !== null && !effect
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      {mailing.kind === 'started' ? (
        <MailedAlready mailing={mailing} effect={effect} />
      ) : (
        <Channels value={Boolean(send.value)} onChange={(value) => send.setValue(value)} />
      )}
      {wantsMail && (
        <>
          <Topics />
          {mailing.audience && <Recipients audience={mailing.audience} />}
          {/* Other topics, other recipients: it looks again. */}
          <PreflightPanel key={topics.join()} runsAtOnce onResult={setResult} />
        </>
      )}
      {stops.length > 0 && <p>{words.blocked}</p>}
      <div className="publish-sheet__buttons">
        <Button
          size="medium"
          margin={false}
          disabled={isUnknown || stops.length > 0}
          extraButtonProps={{ id: 'publish-now' }}
          onClick={onPublish}
        >
          <EffectLabel effect={effect} />
        </Button>
        <Button buttonStyle="secondary" size="medium" margin={false} onClick={onClose}>
          {words.notNow}
        </Button>
        {(stops.length > 0 || wouldMailNobody) && (
          <Button
            buttonStyle="secondary"
            size="medium"
            margin={false}
            extraButtonProps={{ id: 'publish-on-site' }}
            onClick={() => {
              send.setValue(false)
              onPublish()
            }}
          >
            {words.siteOnly}
          </Button>
        )}
      </div>
      {stops.length > 0 && <OverrideForm stops={stops} />}
    </Dialog>
  )
}

const stopsIn = ({ checks }: PreflightAnswer) => checks.filter(({ level }) => level === 'stop')

function EffectLabel({ effect }: { effect: PublishEffect | null }) {
  const { text, number } = useAdminText()
  if (!effect) return text.publish.sheet.heading
  return effect.kind === 'andMail'
    ? text.publish.andMail(number(effect.recipients))
    : text.publish[effect.kind]
}

/** The browser's own dialog: it keeps the focus, closes with Escape and lies above everything. */
function Dialog({
  heading,
  onClose,
  children,
}: {
  heading: string
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const headingId = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  const closeOutside = (event: MouseEvent) => {
    // Not the second half of the double click that opened it.
    if (event.target === dialog.current && event.detail === 1) onClose()
  }
  // Not inside the page's form: Enter in a field would submit that.
  return createPortal(
    <dialog
      ref={dialog}
      className="publish-sheet"
      aria-labelledby={headingId}
      onClose={onClose}
      onMouseDown={closeOutside}
    >
      <div className="publish-sheet__body">
        <h2 id={headingId}>{heading}</h2>
        {children}
      </div>
    </dialog>,
    document.body,
  )
}

function MailedAlready({
  mailing: { campaign },
  effect,
}: {
  mailing: Extract<ArticleMailing, { kind: 'started' }>
  effect: PublishEffect | null
}) {
  const { text, number } = useAdminText()
  const { keepOld, mailingWaits, mailingIsUnderWay } = text.publish.sheet
  const submitted = campaign.counts?.submitted ?? 0
  if (effect?.kind === 'mailingGoesOn') return <p>{mailingWaits}</p>
  return <p>{submitted > 0 ? keepOld(submitted, number(submitted)) : mailingIsUnderWay}</p>
}

function Channels({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { text } = useAdminText()
  const { where, both, site } = text.publish.sheet
  const name = useId()
  return (
    <fieldset>
      <legend>{where}</legend>
      <label>
        <input type="radio" name={name} checked={value} onChange={() => onChange(true)} /> {both}
      </label>
      <label>
        <input type="radio" name={name} checked={!value} onChange={() => onChange(false)} /> {site}
      </label>
    </fieldset>
  )
}

interface TopicDoc {
  id: number | string
  name: string
}

/** As many as fit in a list that one reads; the newsletter tab has a search. */
const MOST_TOPICS = 50

function Topics() {
  const { text } = useAdminText()
  const { to, everybody } = text.publish.sheet
  const chosen = useField<(number | string)[]>({ path: 'newsletter.topics' })
  const { answer } = useAnswer<{ docs: TopicDoc[] }>({
    path: `/topics?limit=${MOST_TOPICS}&depth=0&sort=name&select[name]=true`,
  })
  const ids = chosen.value ?? []
  if (!answer || answer.docs.length === 0) return null
  const toggle = (id: TopicDoc['id']) =>
    chosen.setValue(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id])
  return (
    <fieldset>
      <legend>{to}</legend>
      {answer.docs.map(({ id, name }) => (
        <label key={id}>
          <input type="checkbox" checked={ids.includes(id)} onChange={() => toggle(id)} /> {name}
        </label>
      ))}
      {ids.length === 0 && <p className="publish-sheet__note">{everybody}</p>}
    </fieldset>
  )
}

const REASONS = [
  'otherTopics',
  'paused',
  'pending',
  'unsubscribed',
  'suppressed',
] as const satisfies (keyof LeftOut)[]

/** Who gets it, and who does not and why. */
function Recipients({ audience }: { audience: AudienceAnswer }) {
  const { text, number } = useAdminText()
  const topics = useField<(number | string)[]>({ path: 'newsletter.topics' }).value ?? []
  const { answer } = useAnswer<AudienceAnswer>({
    path: `/articles/audience?topics=${topics.join(',')}&leftOut=true`,
  })
  const { leftOut, reasons } = text.publish.sheet
  const counts = answer?.leftOut
  const shown = counts ? REASONS.filter((reason) => counts[reason] > 0) : []
  return (
    <section className="publish-sheet__recipients" aria-live="polite">
      <AudienceForecast audience={audience} />
      {counts && shown.length > 0 && (
        <details>
          <summary>{leftOut}</summary>
          <ul>
            {shown.map((reason) => (
              <li key={reason}>{reasons[reason](number(counts[reason]))}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
