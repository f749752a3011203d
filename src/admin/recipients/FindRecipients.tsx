'use client'

import { Banner, Button, Link, useConfig } from '@payloadcms/ui'
import { useId } from 'react'
import { deliveryStatusLabels } from '../../collections/labels.ts'
import type { FoundRecipient } from '../../collections/Campaigns/endpoints/recipients.ts'
import { FATES, type Fate } from '../../newsletter/rules/fates.ts'
import { useAfterPause } from '../parts/useAfterPause.ts'
import { useKeptState } from '../parts/useKeptState.ts'
import { useReason } from '../person/Happened.tsx'
import { usePersonText } from '../person/usePerson.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { useFound } from './useFound.ts'
import './recipients.css'

const PAUSE_MS = 300
const SHORTEST = 2

/** On a campaign's page: what became of somebody's mail, or who had a mail of which that became. */
export function FindRecipients({ campaignId }: { campaignId: number | string }) {
  const { text } = useAdminText()
  const [fate, setFate] = useKeptState<Fate | ''>(`fate in ${campaignId}`, '')
  const [written, setWritten] = useKeptState(`recipient in ${campaignId}`, '')
  const asked = useAfterPause(written.trim(), PAUSE_MS)
  const q = asked.length >= SHORTEST ? asked : ''
  const ids = { heading: useId(), search: useId(), fate: useId() }
  const words = text.campaign.find
  return (
    <section className="find-recipients" aria-labelledby={ids.heading}>
      <h2 id={ids.heading}>{words.heading}</h2>
      <div className="find-recipients__fields">
        <p>
          <label htmlFor={ids.search}>{words.search}</label>
          <input
            id={ids.search}
            type="search"
            autoComplete="off"
            maxLength={200}
            value={written}
            onChange={({ target }) => setWritten(() => target.value)}
            // Return would save the page's form.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        </p>
        <p>
          <label htmlFor={ids.fate}>{words.fate}</label>
          <select
            id={ids.fate}
            value={fate}
            onChange={({ target }) => setFate(() => FATES.find((name) => name === target.value) ?? '')}
          >
            <option value="">{words.anyFate}</option>
            {FATES.map((name) => (
              <option key={name} value={name}>
                {words.fates[name]}
              </option>
            ))}
          </select>
        </p>
      </div>
      {(fate !== '' || q !== '') && (
        <Results key={`${fate} ${q}`} campaignId={campaignId} fate={fate || null} q={q} />
      )}
    </section>
  )
}

function Results(question: { campaignId: number | string; fate: Fate | null; q: string }) {
  const { text, number } = useAdminText()
  const { recipients, looked, next, isBusy, isFailed, more } = useFound(question)
  const words = text.campaign.find
  const isAll = next === null && !isBusy && !isFailed
  return (
    <>
      {isFailed && <Banner type="error">{words.failed}</Banner>}
      <p role="status" className="campaign-note">
        {isBusy && words.searching(number(looked))}
        {isAll && words.found(recipients.length, number(recipients.length))}
        {!isAll && !isBusy && !isFailed && words.foundSoFar(number(recipients.length), number(looked))}
      </p>
      {recipients.length > 0 && (
        <ul aria-busy={isBusy}>
          {recipients.map((recipient) => (
            <li key={recipient.id} data-status={recipient.status}>
              <Who recipient={recipient} />
              <Became recipient={recipient} />
            </li>
          ))}
        </ul>
      )}
      {next !== null && !isBusy && (
        <Button buttonStyle="secondary" size="medium" margin={false} onClick={more}>
          {words.more}
        </Button>
      )}
    </>
  )
}

function Who({ recipient: { subscriber, name, email } }: { recipient: FoundRecipient }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const shown = email || text.campaign.find.erased
  return (
    <p className="find-recipients__who">
      {subscriber === null ? (
        shown
      ) : (
        <Link href={`${config.routes.admin}/collections/subscribers/${subscriber}`} prefetch={false}>
          {shown}
        </Link>
      )}
      {name && <> {name}</>}
    </p>
  )
}

/** How the delivery stands, why, and what the provider told of it later. */
function Became({ recipient }: { recipient: FoundRecipient }) {
  const { text: person, language, moment } = usePersonText()
  const { text } = useAdminText()
  const { status, detail, deliveredAt, delayedAt, bouncedAt, complainedAt, failedAt } = recipient
  const reason = useReason(recipient)
  const { facts } = person.timeline
  const label = deliveryStatusLabels[status][language]
  const told = [
    reason === null ? label : `${label}: ${reason}`,
    delayedAt && text.campaign.find.delayed(moment(delayedAt)),
    deliveredAt && facts.delivered(moment(deliveredAt)),
    bouncedAt && facts.bounced(moment(bouncedAt)),
    complainedAt && facts.complained(moment(complainedAt)),
    failedAt && facts.failed(moment(failedAt)),
    detail,
  ]
  return <p className="campaign-note">{told.filter(Boolean).join(' · ')}</p>
}
