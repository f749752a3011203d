import type { OutboxMail } from '../../adapters/mailer/outbox/readOutbox.ts'
import { MailFrame } from '../parts/MailFrame.tsx'
import type { AdminText } from '../text/adminText.ts'
import type { MailView } from './outboxUrl.ts'

export function MailBody({ mail, view, text }: { mail: OutboxMail; view: MailView; text: AdminText }) {
  switch (view) {
    case 'desktop':
    case 'phone':
      return <HtmlPart mail={mail} view={view} text={text} />
    case 'text':
      return mail.text === null ? <p>{text.outbox.noText}</p> : <pre tabIndex={0}>{mail.text}</pre>
    case 'headers':
      return (
        <dl className="outbox__headers">
          {mail.headers.map(({ name, value }, index) => (
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )
  }
}

function HtmlPart({ mail, view, text }: { mail: OutboxMail; view: 'desktop' | 'phone'; text: AdminText }) {
  if (mail.html === null) return <p>{text.outbox.noHtml}</p>
  return (
    <MailFrame
      key={`${mail.name} ${view}`}
      html={mail.html}
      title={text.outbox.frame(mail.subject)}
      width={view}
    />
  )
}
