import Link from 'next/link.js'
import type { OutboxPage } from '../../adapters/mailer/outbox/readOutbox.ts'
import type { AdminText } from '../text/adminText.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import type { OutboxPlace } from './outboxUrl.ts'

/** The mails of one page, newest first. */
export function MailList({
  found: { entries, total, page, totalPages },
  chosen,
  search,
  linkTo,
  text: { outbox: words, language },
}: {
  found: OutboxPage
  chosen: string | null
  search: string
  linkTo: (change: Partial<OutboxPlace>) => string
  text: AdminText
}) {
  if (total === 0) return <p>{search === '' ? words.empty : words.nothingFound}</p>
  return (
    <nav aria-label={words.list}>
      <p className="outbox__total">{words.total(total, total.toLocaleString(language))}</p>
      <ul className="outbox__list">
        {entries.map(({ name, subject, to, date }) => (
          <li key={name}>
            <Link
              href={linkTo({ mail: name, page })}
              prefetch={false}
              aria-current={name === chosen ? 'true' : undefined}
            >
              <span className="outbox__to">{to}</span>
              <LocalTime date={date} language={language} />
              <span className="outbox__subject">{subject || words.noSubject}</span>
            </Link>
          </li>
        ))}
      </ul>
      {totalPages > 1 && (
        <p className="outbox__pages">
          {page > 1 ? (
            <Link href={linkTo({ page: page - 1, mail: null })} rel="prev" prefetch={false}>
              ← {words.previous}
            </Link>
          ) : (
            <span />
          )}
          <span>{words.page(page, totalPages)}</span>
          {page < totalPages ? (
            <Link href={linkTo({ page: page + 1, mail: null })} rel="next" prefetch={false}>
              {words.next} →
            </Link>
          ) : (
            <span />
          )}
        </p>
      )}
    </nav>
  )
}
