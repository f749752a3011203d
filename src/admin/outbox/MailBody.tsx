import type { OutboxMail } from '../../adapters/mailer/outbox/readOutbox.ts'
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

/**
 * In a frame of its own origin in which no script runs and no form is sent. Its links open in a window of their own, as
 * from a mail program; its images are shown.
 */
function HtmlPart({ mail, view, text }: { mail: OutboxMail; view: 'desktop' | 'phone'; text: AdminText }) {
  if (mail.html === null) return <p>{text.outbox.noHtml}</p>
  return (
    <iframe
      key={`${mail.name} ${view}`}
      className={`outbox__frame outbox__frame--${view}`}
      title={text.outbox.frame(mail.subject)}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={mail.html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`)}
    />
  )
}
