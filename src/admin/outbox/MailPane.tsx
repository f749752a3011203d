import { Banner } from '@payloadcms/ui'
import Link from 'next/link.js'
import type { OutboxMail } from '../../adapters/mailer/outbox/readOutbox.ts'
import { CLIPPED_ABOVE } from '../../preflight/rules/text.ts'
import type { AdminText } from '../text/adminText.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { MailBody } from './MailBody.tsx'
import { MAIL_VIEWS, type MailView, type OutboxPlace } from './outboxUrl.ts'

/** One mail: from, to, when, how big, and its content in the chosen view. */
export function MailPane({
  mail,
  view,
  isReadable,
  linkTo,
  text,
}: {
  mail: OutboxMail
  view: MailView
  isReadable: boolean
  linkTo: (change: Partial<OutboxPlace>) => string
  text: AdminText
}) {
  const words = text.outbox
  return (
    <article className="outbox__mail">
      <Link className="outbox__back" href={linkTo({ mail: null })} prefetch={false}>
        ← {words.back}
      </Link>
      <h2>{mail.subject || words.noSubject}</h2>
      <dl className="outbox__facts">
        <dt>{words.from}</dt>
        <dd>{mail.from}</dd>
        <dt>{words.to}</dt>
        <dd>
          {mail.to} · <LocalTime date={mail.date} language={text.language} />
        </dd>
      </dl>
      {isReadable ? (
        <>
          <nav className="outbox__views" aria-label={words.showAs}>
            {MAIL_VIEWS.map((name) => (
              <Link
                key={name}
                href={linkTo({ mail: mail.name, view: name })}
                prefetch={false}
                aria-current={name === view ? 'true' : undefined}
              >
                {words.views[name]}
              </Link>
            ))}
            <Sizes mail={mail} text={text} />
          </nav>
          {mail.htmlBytes > CLIPPED_ABOVE && <Banner type="error">{words.tooBig}</Banner>}
          <MailBody mail={mail} view={view} text={text} />
        </>
      ) : (
        <Banner type="info">{words.adminsOnly}</Banner>
      )}
    </article>
  )
}

function Sizes({ mail: { html, htmlBytes, bytes }, text }: { mail: OutboxMail; text: AdminText }) {
  const size = (value: number) =>
    (value / 1024).toLocaleString(text.language, {
      style: 'unit',
      unit: 'kilobyte',
      maximumFractionDigits: 1,
    })
  return (
    <span className="outbox__sizes">
      {html !== null && `${text.outbox.htmlSize(size(htmlBytes))}, `}
      {text.outbox.mailSize(size(bytes))}
    </span>
  )
}
