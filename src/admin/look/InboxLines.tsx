'use client'

import type { MailPreview } from '../../collections/Articles/endpoints/mailPreview.ts'
import type { AdminText } from '../text/adminText.ts'
import { cutFor, INBOXES } from './inboxCuts.ts'

/** As inboxes show the mail before it is opened, each cut where that inbox cuts it. */
export function InboxLines({ preview, words }: { preview: MailPreview; words: AdminText['look'] }) {
  const { from, to, subject, preheader } = preview
  const line = { sender: from.name, subject, preheader }
  return (
    <div className="mail-look__inboxes" role="group" aria-label={words.inbox}>
      <p className="mail-look__to">{words.to(to.name === null ? to.email : `${to.name} <${to.email}>`)}</p>
      <dl>
        {INBOXES.map((inbox) => {
          const cut = cutFor(inbox, line)
          return (
            <div key={inbox} className={`mail-look__inbox mail-look__inbox--${inbox}`}>
              <dt>{words.inboxes[inbox]}</dt>
              <dd>
                <span className="mail-look__from">{cut.sender}</span>
                <span className="mail-look__line">
                  <strong>{cut.subject || words.noSubject}</strong> <span>{cut.preheader}</span>
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="mail-look__about">{words.aboutInboxes}</p>
    </div>
  )
}
