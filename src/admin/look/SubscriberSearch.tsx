'use client'

import { useId, useState } from 'react'
import type { Locale } from '../../newsletter/model.ts'
import type { Subscriber } from '../../payload-types.ts'
import { useAfterPause } from '../parts/useAfterPause.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import type { AdminText } from '../text/adminText.ts'

const MOST = 8
const SHORTEST = 2
const PAUSE_MS = 250

type Found = Pick<Subscriber, 'id' | 'name' | 'email' | 'locale'>

/** Finds a subscriber by a part of the name or the address. */
export function SubscriberSearch({
  shown,
  onChoose,
  words,
}: {
  /** Who is chosen now. */
  shown: string | null
  onChoose: (found: { id: Found['id']; locale: Locale; shown: string }) => void
  words: AdminText['look']
}) {
  const [written, setWritten] = useState('')
  const asked = useAfterPause(written.trim(), PAUSE_MS)
  const isAsked = asked.length >= SHORTEST
  const { answer, isFailed } = useAnswer<{ docs: Found[] }>({ path: isAsked ? pathFor(asked) : null })
  const docs = isAsked ? answer?.docs : undefined
  const field = useId()
  return (
    <div className="mail-look__search">
      <label htmlFor={field}>{words.search}</label>
      <input
        id={field}
        type="search"
        autoComplete="off"
        maxLength={200}
        value={written}
        onChange={({ target }) => setWritten(target.value)}
        // Return would save the article.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {shown !== null && <p>{words.chosen(shown)}</p>}
      <div role="status">
        {isFailed && words.searchFailed}
        {docs?.length === 0 && words.nobodyFound}
      </div>
      {docs && docs.length > 0 && (
        <ul>
          {docs.map(({ id, name, email, locale }) => {
            const who = name ? `${name} <${email}>` : email
            return (
              <li key={id}>
                <button
                  type="button"
                  onClick={() => {
                    onChoose({ id, locale, shown: who })
                    setWritten('')
                  }}
                >
                  {who}
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

function pathFor(text: string): string {
  const query = new URLSearchParams({
    'where[or][0][email][contains]': text,
    'where[or][1][name][contains]': text,
    'select[name]': 'true',
    'select[email]': 'true',
    'select[locale]': 'true',
    depth: '0',
    limit: String(MOST),
    pagination: 'false',
    sort: 'email',
  })
  return `/subscribers?${query}`
}
