import { listOutbox, readOutboxMail } from '../../adapters/mailer/outbox/readOutbox.ts'
import type { AdminText } from '../text/adminText.ts'
import { MailList } from './MailList.tsx'
import { MailPane } from './MailPane.tsx'
import { outboxUrl, type OutboxPlace } from './outboxUrl.ts'
import { SearchForm } from './SearchForm.tsx'

const PAGE_SIZE = 25

/** The list and the mail that is chosen in it; the newest of the page when none is. */
export async function Mailbox({
  directory,
  place,
  adminRoute,
  mayReadSystemMail,
  text,
}: {
  directory: string
  place: OutboxPlace
  adminRoute: string
  mayReadSystemMail: boolean
  text: AdminText
}) {
  const { page, search, view } = place
  const found = await listOutbox({ directory, page, search, pageSize: PAGE_SIZE })
  const name = place.mail ?? found.entries[0]?.name
  const mail = name ? await readOutboxMail({ directory, name }) : null
  const linkTo = (change: Partial<OutboxPlace>) => outboxUrl({ adminRoute, place: { ...place, ...change } })
  return (
    <>
      <p className="outbox__intro">{text.outbox.intro}</p>
      <div className={`outbox__columns ${place.mail ? 'outbox__columns--chosen' : ''}`}>
        <div className="outbox__side">
          <SearchForm action={outboxUrl({ adminRoute, place: {} })} place={place} text={text} />
          <MailList found={found} chosen={name ?? null} search={search} linkTo={linkTo} text={text} />
        </div>
        <div className="outbox__main">
          {mail ? (
            <MailPane
              mail={mail}
              view={view}
              isReadable={mayReadSystemMail || isNewsletter(mail.headers)}
              linkTo={linkTo}
              text={text}
            />
          ) : (
            name && <p>{text.outbox.gone}</p>
          )}
        </div>
      </div>
    </>
  )
}

/** Other mail can hold a link that resets somebody's password: whoever reads it can take over that login. */
const isNewsletter = (headers: { name: string }[]) =>
  headers.some(({ name }) => name.toLowerCase() === 'list-unsubscribe')
