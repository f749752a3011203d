'use client'

import { Link, useConfig } from '@payloadcms/ui'
import type { ReactNode } from 'react'
import {
  consentKindLabels,
  deliveryStatusLabels,
  localeLabels,
  suppressionReasonLabels,
  transactionalMailKindLabels,
} from '../../collections/labels.ts'
import type { TimelineEvent } from '../../endpoints/people/timeline.ts'
import type { ExclusionReason } from '../../newsletter/model.ts'
import { useAdminText } from '../text/useAdminText.ts'
import type { PersonText } from './personText.ts'
import { usePersonText } from './usePerson.ts'

type Of<What extends TimelineEvent['what']> = Extract<TimelineEvent, { what: What }>

/** One row of the timeline: what happened, with a link to where all of it stands. */
export function Happened({ event }: { event: TimelineEvent }) {
  switch (event.what) {
    case 'consent':
      return <Consented event={event} />
    case 'newsletter':
      return <Mailed event={event} />
    case 'mail':
      return <Mail event={event} />
    case 'message':
      return <Wrote event={event} />
    case 'bounced':
    case 'complained':
      return <Told event={event} />
    case 'suppressed':
    case 'lifted':
      return <Suppressed event={event} />
  }
}

function Row({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="timeline__row">
      <p className="timeline__title">{title}</p>
      {children}
    </div>
  )
}

/** Facts beside one another; those that are not known are left out. */
function Facts({ facts }: { facts: (string | null | false | undefined)[] }) {
  const known = facts.filter(Boolean)
  return known.length === 0 ? null : <p className="timeline__facts">{known.join(' · ')}</p>
}

function DocumentLink({ collection, id, children }: { collection: string; id: string; children: ReactNode }) {
  const { config } = useConfig()
  return (
    <Link href={`${config.routes.admin}/collections/${collection}/${id}`} prefetch={false}>
      {children}
    </Link>
  )
}

function Consented({
  event: { kind, text: agreed, locale, source, by, agreedAt, change },
}: {
  event: Of<'consent'>
}) {
  const { text, language, day } = usePersonText()
  const words = text.timeline
  const isByStaff = by !== null || source === 'staff'
  return (
    <Row title={(isByStaff && words.byStaff[kind]) || consentKindLabels[kind][language]}>
      <Facts
        facts={[
          change?.added && words.change.added(change.added.join(', ')),
          change?.removed && words.change.removed(change.removed.join(', ')),
          change?.locale && words.change.locale(localeLabels[change.locale][language]),
          change?.name && words.change.name,
          change?.pausedUntil && words.change.until(day(change.pausedUntil)),
          source && !(by && source === 'staff') && words.from(sourceText(source, words)),
          by && words.by(by),
          agreedAt && words.agreedAt(day(agreedAt)),
        ]}
      />
      {agreed && (
        <details>
          <summary>{words.text}</summary>
          <blockquote lang={locale ?? undefined}>{agreed}</blockquote>
        </details>
      )}
    </Row>
  )
}

/** As forms and files are written down; what staff wrote stands as it is. */
function sourceText(source: string, words: PersonText['timeline']): string {
  const page = /^form (\/.*|https?:\/\/.*)$/.exec(source)?.[1]
  if (page) return words.form(page)
  const file = /^import (.+)$/.exec(source)?.[1]
  return file ? words.file(file) : (words.sources[source] ?? source)
}

function Mailed({ event: { campaignId, subject, fate } }: { event: Of<'newsletter'> }) {
  const { text, language, moment } = usePersonText()
  const words = text.timeline
  const { facts } = words
  const { status, deliveredAt, bouncedAt, complainedAt, failedAt } = fate
  const reason = useReason(fate)
  return (
    <Row
      title={
        <DocumentLink collection="campaigns" id={campaignId}>
          {words.newsletter(subject ?? words.untitled)}
        </DocumentLink>
      }
    >
      <Facts
        facts={[
          reason === null
            ? deliveryStatusLabels[status][language]
            : `${deliveryStatusLabels[status][language]}: ${reason}`,
          deliveredAt && facts.delivered(moment(deliveredAt)),
          bouncedAt && facts.bounced(moment(bouncedAt)),
          complainedAt && facts.complained(moment(complainedAt)),
          failedAt && facts.failed(moment(failedAt)),
        ]}
      />
    </Row>
  )
}

/** In the user's language where there is a text for it. */
export function useReason({ status, reason }: { status: string; reason: string | null }): string | null {
  const { text } = usePersonText()
  const { text: shared } = useAdminText()
  if (!reason || status === 'submitted') return null
  const excluded = text.timeline.excluded[reason as ExclusionReason] as string | undefined
  return excluded ?? shared.campaign.problems[reason] ?? reason
}

function Mail({ event: { mailId, kind, status, reason: code } }: { event: Of<'mail'> }) {
  const { text, language } = usePersonText()
  const reason = useReason({ status, reason: code })
  return (
    <Row
      title={
        <DocumentLink collection="transactional-mails" id={mailId}>
          {text.timeline.mail(transactionalMailKindLabels[kind][language])}
        </DocumentLink>
      }
    >
      <Facts facts={[deliveryStatusLabels[status][language], reason]} />
    </Row>
  )
}

function Wrote({ event: { messageId, beginning, answeredAt } }: { event: Of<'message'> }) {
  const { text } = usePersonText()
  const words = text.timeline
  return (
    <Row
      title={
        <DocumentLink collection="contact-messages" id={messageId}>
          {words.message}
        </DocumentLink>
      }
    >
      <p className="timeline__message">{beginning}</p>
      <Facts facts={[answeredAt ? words.answered : words.unanswered]} />
    </Row>
  )
}

function Told({ event: { what, campaignId, subject, detail } }: { event: Of<'bounced' | 'complained'> }) {
  const { text } = usePersonText()
  const words = text.timeline
  return (
    <Row title={words[what]}>
      {campaignId && (
        <p className="timeline__facts">
          <DocumentLink collection="campaigns" id={campaignId}>
            {words.ofMail(subject ?? words.untitled)}
          </DocumentLink>
        </p>
      )}
      <Facts facts={[detail]} />
    </Row>
  )
}

function Suppressed({ event }: { event: Of<'suppressed' | 'lifted'> }) {
  const { text, language } = usePersonText()
  const words = text.timeline
  return (
    <Row
      title={
        <DocumentLink collection="suppressions" id={event.suppressionId}>
          {event.what === 'lifted'
            ? words.lifted
            : words.suppressed(suppressionReasonLabels[event.reason][language])}
        </DocumentLink>
      }
    >
      <Facts
        facts={
          event.what === 'lifted'
            ? [event.by && words.by(event.by), event.reason && words.because(event.reason)]
            : [event.detail]
        }
      />
    </Row>
  )
}
