import { Button } from '@payloadcms/ui'
import Link from 'next/link.js'
import type { AdminText } from '../text/adminText.ts'
import type { OutboxPlace } from './outboxUrl.ts'

/** A plain form: the address says what is searched for. */
export function SearchForm({
  action,
  place: { search, view },
  text: { outbox: words },
}: {
  action: string
  place: OutboxPlace
  text: AdminText
}) {
  return (
    <form className="outbox__search" action={action} role="search">
      <input
        type="search"
        name="search"
        defaultValue={search}
        placeholder={words.search}
        aria-label={words.search}
      />
      {view !== 'desktop' && <input type="hidden" name="view" value={view} />}
      <Button type="submit" buttonStyle="secondary" size="medium" margin={false}>
        {words.searchButton}
      </Button>
      {search !== '' && (
        <Link href={action} prefetch={false}>
          {words.clear}
        </Link>
      )}
    </form>
  )
}
