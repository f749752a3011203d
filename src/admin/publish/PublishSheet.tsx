'use client'

import { Button, useConfig, useDocumentInfo, useFormFields, useLocale } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { PreflightAnswer } from '../../collections/Articles/endpoints/preflight.ts'
import { campaignFacts } from '../campaign/campaignFacts.ts'
import { publishEffect, type PublishEffect } from '../campaign/publishEffect.ts'
import type { ArticleMailing } from '../campaign/useArticleCampaign.ts'
import { DEFAULT_LOCALE, LOCALES } from '../../newsletter/model.ts'
import { OverrideForm } from '../override/OverrideForm.tsx'
import { PreflightPanel } from '../preflight/PreflightPanel.tsx'
import { CHANNELS, sendsMail } from '../../plans/model.ts'
import { PlanLine } from '../plans/PlanCard.tsx'
import type { PlanDoc } from '../plans/planFacts.ts'
import type { ChosenTime } from '../plans/PlanTime.tsx'
import { usePlanning } from '../plans/usePlanning.ts'
import { usePlans } from '../plans/usePlans.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { Channels } from './Channels.tsx'
import { Dialog } from './Dialog.tsx'
import { Recipients, Topics } from './Recipients.tsx'
import { useDestination } from './useDestination.ts'
import { When } from './When.tsx'
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
  const destination = useDestination()
  const { channels, visibleNow, isMailOnly } = destination
  const updatedAt = useFormFields(([fields]) => fields.updatedAt?.value as string | undefined)
  const untilSaved = useUntilSaved()
  const [result, setResult] = useState<PreflightAnswer | 'running' | 'failed'>('running')
  const isSettled = useIsSettled()
  const words = text.publish.sheet
  const effect = publishEffect({ mailing, isPublished: Boolean(hasPublishedDoc) })
  const isUnopened = mailing.kind === 'started' && campaignFacts(mailing.campaign).isUnopened
  // A later one mails what is published, wherever that goes.
  const isMore = mailing.kind === 'started' && mailing.campaign.edition > 1
  const isWanted = mailing.kind === 'wanted'
  // Those whom it was mailed to read it on a page of their own.
  const isKeptFromSite = mailing.kind === 'started' && (!isUnopened || isMore) && isMailOnly
  const becomesMail = isWanted || (isUnopened && (isMore || sendsMail(channels)))
  // One that was never saved cannot be looked at: the server judges it.
  const isLookedAt = becomesMail && id !== undefined
  const stops = isLookedAt && typeof result === 'object' ? stopsIn(result) : []
  // While nobody knows what the click would do, it does nothing. Where the server does not say, the click goes on: it waits
  // for a login, or the server judges it.
  const isAsked = mailing.kind !== 'off' && !mailing.isFailed
  const isUnknown = (isAsked && (!effect || (isLookedAt && result === 'running'))) || !destination.isKnown
  const wouldMailNobody = isWanted && mailing.audience !== null && !effect
  const { plans } = usePlans()
  const plan = plans.find((planned) => !isUnpublication(planned))
  const [isOneLanguage, setIsOneLanguage] = useState(false)
  // A campaign that has mailed nobody takes what is published until then: a plan has no part in it.
  const canPlan =
    id !== undefined && !isUnopened && !isOneLanguage && !(isKeptFromSite && channels === 'mail')
  const [isLater, setIsLater] = useState(false)
  const [time, setTime] = useState<ChosenTime | null>(null)
  const isPlanning = canPlan && !plan && isLater
  const planning = usePlanning({
    path: `/articles/${id}/publish?locale=${locale}`,
    body: { channels: isWanted ? channels : 'site', at: time?.local },
    onDone: onClose,
  })
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      {mailing.kind === 'started' && <Campaign mailing={mailing} effect={effect} />}
      {(mailing.kind !== 'started' || isUnopened) && !isMore && (
        <Channels
          value={channels}
          offered={visibleNow === 'public' ? ON_SITE : CHANNELS}
          legend={words.where}
          words={words.channels}
          onChange={destination.choose}
        />
      )}
      {isKeptFromSite && (
        <Channels
          value={channels}
          offered={['mail', 'site']}
          legend={words.whereNow}
          words={{ ...words.channels, ...words.channelsNow }}
          onChange={destination.choose}
        />
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
          body={{ channels, ...(isPlanning && { at: time?.local }) }}
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
            onClick={() => {
              if (isPlanning) return void planning.plan()
              destination.settle()
              onPublish({ isOneLanguage })
            }}
          >
            <EffectLabel
              effect={effect}
              mails={becomesMail}
              isMailOnly={channels === 'mail'}
              at={isPlanning ? time?.shown : undefined}
            />
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
                destination.choose('site')
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

/** One that is on the site does not vanish from there because it is mailed. */
const ON_SITE = CHANNELS.filter((channels) => channels !== 'mail')

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
  isMailOnly,
  at,
}: {
  effect: PublishEffect | null
  mails: boolean
  isMailOnly: boolean
  at: string | undefined
}) {
  const { text, number } = useAdminText()
  const { publish } = text
  const words = isMailOnly ? publish.mailOnly : publish
  const unknown = mails ? words.mail : words.toSite
  const known = effect?.kind === 'andMail' ? words.andMail(number(effect.recipients)) : null
  const what = known ?? (effect && effect.kind !== 'andMail' ? words[effect.kind] : unknown)
  return at === undefined ? what : publish.sheet.atTime(what, at)
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
  const { keepOld, mailingIsUnderWay, mailingWaits, mailingBegins, laterBegins, withdrawn } =
    text.publish.sheet
  if (effect?.kind === 'mailingGoesOn') return <p>{mailingWaits}</p>
  if (effect?.kind === 'updateBoth') return <p>{campaign.edition > 1 ? laterBegins : mailingBegins}</p>
  if (campaignFacts(campaign).isUnopened) return <p>{withdrawn}</p>
  const submitted = campaign.counts?.submitted ?? 0
  return <p>{submitted > 0 ? keepOld(submitted, number(submitted)) : mailingIsUnderWay}</p>
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
