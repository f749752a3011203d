'use client'

import { Button, useConfig, useDocumentInfo, useField, useFormFields, useLocale } from '@payloadcms/ui'
import { useEffect, useId, useLayoutEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { AudienceAnswer, LeftOut } from '../../collections/Articles/endpoints/audience.ts'
import type { PreflightAnswer } from '../../collections/Articles/endpoints/preflight.ts'
import { AudienceForecast } from '../campaign/AudienceForecast.tsx'
import { campaignFacts } from '../campaign/campaignFacts.ts'
import { publishEffect, type PublishEffect } from '../campaign/publishEffect.ts'
import type { ArticleMailing } from '../campaign/useArticleCampaign.ts'
import { DEFAULT_LOCALE, LOCALES } from '../../newsletter/model.ts'
import { OverrideForm } from '../override/OverrideForm.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { PreflightPanel } from '../preflight/PreflightPanel.tsx'
import { PlanLine } from '../plans/PlanCard.tsx'
import type { PlanDoc } from '../plans/planFacts.ts'
import type { ChosenTime } from '../plans/PlanTime.tsx'
import { usePlanning } from '../plans/usePlanning.ts'
import { usePlans } from '../plans/usePlans.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { When } from './When.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import './publish.css'

/** The second half of a double click presses nothing: it meets the sheet, when that opens and when it closes. */
export const DOUBLE_CLICK_MS = 350

/**
 * The second look before an article goes out: where it goes, to whom, and what speaks against it. What is chosen here is the
 * article's own setting, as in its newsletter tab.
 * @param props.mailing what publishing would do, as it is known when the sheet opens and after.
 * @param props.onPublish the click goes on as it would have without the sheet; or it publishes the language alone that is written in,
 * which no plan does.
 */
export function PublishSheet({
  mailing,
  onPublish,
  onClose,
}: {
  mailing: ArticleMailing
  onPublish: (choice: { isOneLanguage: boolean }) => void
  onClose: () => void
}) {
  const { text } = useAdminText()
  const { config } = useConfig()
  const { code: locale } = useLocale()
  const { hasPublishedDoc, id } = useDocumentInfo()
  const send = useField<boolean>({ path: 'newsletter.send' })
  const updatedAt = useFormFields(([fields]) => fields.updatedAt?.value as string | undefined)
  const untilSaved = useUntilSaved()
  const [result, setResult] = useState<PreflightAnswer | 'running' | 'failed'>('running')
  const isSettled = useIsSettled()
  const words = text.publish.sheet
  const effect = publishEffect({ mailing, isPublished: Boolean(hasPublishedDoc) })
  const isUnopened = mailing.kind === 'started' && campaignFacts(mailing.campaign).isUnopened
  const isWanted = mailing.kind === 'wanted'
  const becomesMail = isWanted || (isUnopened && Boolean(send.value))
  // One that was never saved cannot be looked at: the server judges it.
  const isLookedAt = becomesMail && id !== undefined
  const stops = isLookedAt && typeof result === 'object' ? stopsIn(result) : []
  // While nobody knows what the click would do, it does nothing. Where the server does not say, the click goes on: it waits
  // for a login, or the server judges it.
  const isAsked = mailing.kind !== 'off' && !mailing.isFailed
  const isUnknown = isAsked && (!effect || (isLookedAt && result === 'running'))
  const wouldMailNobody = isWanted && mailing.audience !== null && !effect
  const { plans } = usePlans()
  const plan = plans.find((planned) => !isUnpublication(planned))
  const [isOneLanguage, setIsOneLanguage] = useState(false)
  // A campaign that has mailed nobody takes what is published until then: a plan has no part in it.
  const canPlan = id !== undefined && !isUnopened && !isOneLanguage
  const [isLater, setIsLater] = useState(false)
  const [time, setTime] = useState<ChosenTime | null>(null)
  const isPlanning = canPlan && !plan && isLater
  const planning = usePlanning({
    path: `/articles/${id}/publish?locale=${locale}`,
    body: { channels: isWanted ? 'site_and_mail' : 'site', at: time?.local },
    onDone: onClose,
  })
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      {mailing.kind === 'started' && <Campaign mailing={mailing} effect={effect} />}
      {(mailing.kind !== 'started' || isUnopened) && (
        <Channels value={Boolean(send.value)} onChange={(value) => send.setValue(value)} />
      )}
      {isWanted && (
        <>
          <Topics />
          {mailing.audience && <Recipients audience={mailing.audience} isPlanned={isPlanning} />}
        </>
      )}
      {id !== undefined && !isLater && <OneLanguage value={isOneLanguage} onChange={setIsOneLanguage} />}
      {plan ? (
        <p>
          {words.planned} <PlanLine plan={plan} />
        </p>
      ) : (
        canPlan && <When isLater={isLater} onChange={setIsLater} onTime={setTime} />
      )}
      {isLookedAt && <PreflightPanel runsAtOnce onResult={setResult} />}
      {/* The endpoint that takes it publishes every language. */}
      {stops.length > 0 && !isOneLanguage && (
        <OverrideForm
          checks={stops.map(({ code }) => code)}
          url={`${config.routes.api}/articles/${id}/publish?locale=${locale}`}
          body={{ channels: 'site_and_mail', ...(isPlanning && { at: time?.local }) }}
          version={updatedAt}
          before={untilSaved}
          isReady={!isPlanning || time !== null}
          // Published, the form shows a draft.
          onDone={(body) => (isPlanning ? planning.noteDone(body) : window.location.reload())}
        />
      )}
      <div className="publish-sheet__end">
        <p role="status">{planning.refused}</p>
        {stops.length > 0 && <p>{words.blocked}</p>}
        <div className="publish-sheet__buttons">
          <Button
            size="medium"
            margin={false}
            disabled={
              !isSettled || isUnknown || stops.length > 0 || (isPlanning && (!time || planning.isBusy))
            }
            extraButtonProps={{ id: 'publish-now' }}
            onClick={() => (isPlanning ? void planning.plan() : onPublish({ isOneLanguage }))}
          >
            <EffectLabel effect={effect} mails={becomesMail} at={isPlanning ? time?.shown : undefined} />
          </Button>
          <Button buttonStyle="secondary" size="medium" margin={false} onClick={onClose}>
            {words.notNow}
          </Button>
          {(stops.length > 0 || wouldMailNobody) && !isPlanning && (
            <Button
              buttonStyle="secondary"
              size="medium"
              margin={false}
              extraButtonProps={{ id: 'publish-on-site' }}
              onClick={() => {
                send.setValue(false)
                onPublish({ isOneLanguage })
              }}
            >
              {words.siteOnly}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}

const isUnpublication = ({ action }: PlanDoc): boolean => action === 'unpublish'

function useIsSettled(): boolean {
  const [isSettled, setIsSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setIsSettled, DOUBLE_CLICK_MS, true)
    return () => clearTimeout(timer)
  }, [])
  return isSettled
}

/** How many would get it is counted here as it is now, and not when the checks ran. */
const stopsIn = ({ checks }: PreflightAnswer) =>
  checks.filter(({ code, level }) => level === 'stop' && code !== 'audience')

/**
 * @param props.mails whether it mails, where nobody knows how many.
 * @param props.at when, where it does not happen now.
 */
function EffectLabel({
  effect,
  mails,
  at,
}: {
  effect: PublishEffect | null
  mails: boolean
  at: string | undefined
}) {
  const { text, number } = useAdminText()
  const { publish } = text
  const unknown = mails ? publish.sheet.andMail : publish.toSite
  const known = effect?.kind === 'andMail' ? publish.andMail(number(effect.recipients)) : null
  const what = known ?? (effect && effect.kind !== 'andMail' ? publish[effect.kind] : unknown)
  return at === undefined ? what : publish.sheet.atTime(what, at)
}

/**
 * The browser's own dialog: it keeps the focus, closes with Escape and lies above everything. It is not inside the page's
 * form, which Enter in a field would submit, and inside the drawer that the form is in, which keeps the focus too.
 */
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
  const title = useRef<HTMLHeadingElement>(null)
  const headingId = useId()
  const [place] = useState(() => document.activeElement?.closest('.drawer') ?? document.body)
  // Closed before it is taken out: then the browser gives the focus back to the button that opened it.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // The heading gets the focus, and not a button: Enter that is still held down would press that.
    title.current?.focus()
    const keepEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', keepEscape, { capture: true })
    return () => {
      window.removeEventListener('keydown', keepEscape, { capture: true })
      shown?.close()
    }
  }, [])
  const closeOutside = (event: MouseEvent) => {
    // Not the second half of the double click that opened it.
    if (event.target === dialog.current && event.button === 0 && event.detail === 1) onClose()
  }
  return createPortal(
    <dialog
      ref={dialog}
      className="publish-sheet"
      aria-labelledby={headingId}
      onClose={() => {
        if (!dialog.current?.open) onClose()
      }}
      onMouseDown={closeOutside}
    >
      <div className="publish-sheet__body">
        <h2 id={headingId} ref={title} tabIndex={-1}>
          {heading}
        </h2>
        {children}
      </div>
    </dialog>,
    place,
  )
}

/** What becomes of the campaign that the article has. */
function Campaign({
  mailing: { campaign },
  effect,
}: {
  mailing: Extract<ArticleMailing, { kind: 'started' }>
  effect: PublishEffect | null
}) {
  const { text, number } = useAdminText()
  const { keepOld, mailingIsUnderWay, mailingWaits, mailingBegins, withdrawn } = text.publish.sheet
  if (effect?.kind === 'mailingGoesOn') return <p>{mailingWaits}</p>
  if (effect?.kind === 'updateBoth') return <p>{mailingBegins}</p>
  if (campaignFacts(campaign).isUnopened) return <p>{withdrawn}</p>
  const submitted = campaign.counts?.submitted ?? 0
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

/** Without it every language is published. */
function OneLanguage({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { text } = useAdminText()
  const { code } = useLocale()
  return (
    <label>
      <input type="checkbox" checked={value} onChange={({ target }) => onChange(target.checked)} />{' '}
      {text.publish.sheet.oneLanguage[LOCALES.find((known) => known === code) ?? DEFAULT_LOCALE]}
    </label>
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
  const { to, everybody, moreTopics } = text.publish.sheet
  const chosen = useField<(number | string)[]>({ path: 'newsletter.topics' })
  const { answer } = useAnswer<{ docs: TopicDoc[]; totalDocs: number }>({
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
      {answer.totalDocs > answer.docs.length && <p className="publish-sheet__note">{moreTopics}</p>}
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
function Recipients({ audience, isPlanned }: { audience: AudienceAnswer; isPlanned: boolean }) {
  const { text, number } = useAdminText()
  const topics = useField<(number | string)[]>({ path: 'newsletter.topics' }).value ?? []
  const [isOpen, setIsOpen] = useState(false)
  const { answer } = useAnswer<AudienceAnswer>({
    path: isOpen ? `/articles/audience?topics=${topics.join(',')}&leftOut=true` : null,
  })
  const { leftOut, reasons, nobody } = text.publish.sheet
  const counts = answer?.leftOut
  const shown = counts ? REASONS.filter((reason) => counts[reason] > 0) : []
  return (
    <section className="publish-sheet__recipients" aria-live="polite">
      <AudienceForecast audience={audience} isPlanned={isPlanned} />
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{leftOut}</summary>
        {counts && (
          <ul>
            {shown.map((reason) => (
              <li key={reason}>{reasons[reason](counts[reason], number(counts[reason]))}</li>
            ))}
            {shown.length === 0 && <li>{nobody}</li>}
          </ul>
        )}
      </details>
    </section>
  )
}
