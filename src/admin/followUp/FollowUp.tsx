'use client'

import { Button, Link, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { useId, useState } from 'react'
import type { FollowUpForecast } from '../../collections/Campaigns/endpoints/followUp.ts'
import type { Campaign } from '../../payload-types.ts'
import { campaignUrl } from '../campaign/links.ts'
import { askServer } from '../parts/askServer.ts'
import { tell } from '../parts/signals.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { useKeptState } from '../parts/useKeptState.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { Changes } from './Changes.tsx'
import './followUp.css'

const AUDIENCES = ['joined_since', 'missed', 'topic', 'correction'] as const
export type FollowUpAudience = (typeof AUDIENCES)[number]

interface TopicDoc {
  id: number | string
  name: string
}

/** More than a site has: it is a list of choices, which the browser searches by letters. */
const MOST_TOPICS = 500

/** On the page of a campaign that is over: the article's other mailings, and a way to one more. */
export function FollowUp({ campaignId }: { campaignId: number | string }) {
  const { text } = useAdminText()
  const [audience, setAudience] = useKeptState<FollowUpAudience | null>(`follow-up of ${campaignId}`, null)
  const [topic, setTopic] = useKeptState(`topic of follow-up of ${campaignId}`, '')
  const groupId = useId()
  const topicId = useId()
  const topics = useAnswer<{ docs: TopicDoc[] }>({
    path: audience === 'topic' ? `/topics?limit=${MOST_TOPICS}&depth=0&sort=name&select[name]=true` : null,
  })
  const isAsked = audience !== null && (audience !== 'topic' || topic !== '')
  const query = new URLSearchParams({ ...(isAsked && { audience, ...(audience === 'topic' && { topic }) }) })
  const { answer } = useAnswer<FollowUpForecast>({ path: `/campaigns/${campaignId}/follow-up?${query}` })
  const words = text.followUp
  if (!answer) return null
  return (
    <section className="follow-up">
      <h2>{words.heading}</h2>
      <Editions editions={answer.editions} campaignId={campaignId} />
      {answer.unfinished !== null ? (
        <p>{words.unfinished}</p>
      ) : (
        <>
          <fieldset>
            <legend>{words.to}</legend>
            {AUDIENCES.map((name) => (
              <label key={name}>
                <input
                  type="radio"
                  name={groupId}
                  checked={name === audience}
                  onChange={() => setAudience(() => name)}
                />{' '}
                {words.audiences[name]}
              </label>
            ))}
          </fieldset>
          {audience === 'topic' && topics.answer && (
            <p>
              <label htmlFor={topicId}>{words.topic}</label>{' '}
              <select id={topicId} value={topic} onChange={({ target }) => setTopic(() => target.value)}>
                <option value="">{words.chooseTopic}</option>
                {topics.answer.docs.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </p>
          )}
          {answer.changes && <Changes changes={answer.changes} />}
          {isAsked && (
            <Send
              key={query.toString()}
              campaignId={campaignId}
              body={{ audience, ...(audience === 'topic' && { topic }) }}
              recipients={answer.recipients}
              isTooOld={answer.isTooOld}
            />
          )}
        </>
      )}
    </section>
  )
}

function Editions({
  editions,
  campaignId,
}: {
  editions: FollowUpForecast['editions']
  campaignId: number | string
}) {
  const { config } = useConfig()
  const { text } = useAdminText()
  if (editions.length < 2) return null
  return (
    <ul aria-label={text.followUp.editions}>
      {editions.map(({ id, audience, status }) => {
        const name = `${text.followUp.names[audience]} · ${text.campaign.states[status]}`
        return (
          <li key={id}>
            {id === String(campaignId) ? (
              <strong>{name}</strong>
            ) : (
              <Link href={campaignUrl({ adminRoute: config.routes.admin, campaignId: id })} prefetch={false}>
                {name}
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** Says to how many it goes, and what the server says when it does not. */
function Send({
  campaignId,
  body,
  recipients,
  isTooOld,
}: {
  campaignId: number | string
  body: object
  isTooOld: boolean
  recipients: FollowUpForecast['recipients']
}) {
  const { config } = useConfig()
  const { text, number } = useAdminText()
  const router = useRouter()
  const [isBusy, setIsBusy] = useState(false)
  const [refused, setRefused] = useState('')
  const words = text.followUp
  const count = recipients && recipients.sv + recipients.en
  const send = async () => {
    setIsBusy(true)
    const answer = await askServer<{ doc: Campaign }>({
      url: `${config.routes.api}/campaigns/${campaignId}/follow-up`,
      method: 'POST',
      body,
    })
    setIsBusy(false)
    if (!answer.isDone) return setRefused(answer.message || words.failed)
    tell('holdSeen')
    router.push(campaignUrl({ adminRoute: config.routes.admin, campaignId: answer.body.doc.id }))
  }
  return (
    <div className="follow-up__send">
      <p role="status">{refused || (isTooOld && words.tooOld) || (count === 0 && words.nobody)}</p>
      {count !== null && count > 0 && (
        <Button size="medium" margin={false} disabled={isBusy} onClick={() => void send()}>
          {words.send(count, number(count))}
        </Button>
      )}
    </div>
  )
}
