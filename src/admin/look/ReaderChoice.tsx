'use client'

import { useAuth } from '@payloadcms/ui'
import { useState } from 'react'
import type { Locale } from '../../newsletter/model.ts'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import type { AdminText } from '../text/adminText.ts'
import { Choice } from './Choice.tsx'
import { READER_NAMES, READER_NAMES_OF_EDITORS, type LookReader, type ReaderName } from './reader.ts'
import { SubscriberSearch } from './SubscriberSearch.tsx'

/** As whom the mail is looked at. Authors know no subscribers, and choose none. */
export function ReaderChoice({
  reader,
  formLocale,
  onChoose,
  words,
}: {
  reader: LookReader
  /** A nameless reader reads what is being written. */
  formLocale: Locale
  onChoose: (reader: LookReader) => void
  words: AdminText['look']
}) {
  const { user } = useAuth<User>()
  const [isSearching, setIsSearching] = useState(false)
  const chosen = isSearching ? 'subscriber' : nameOf(reader)
  const choose = (name: ReaderName) => {
    setIsSearching(name === 'subscriber')
    if (name === 'nameless') onChoose({ kind: 'nameless', locale: formLocale })
    else if (name !== 'subscriber') onChoose({ kind: 'somebody', locale: name })
  }
  return (
    <div className="mail-look__reader">
      <Choice
        label={words.reader}
        names={isEditorUser(user) ? READER_NAMES_OF_EDITORS : READER_NAMES}
        labels={words.readers}
        chosen={chosen}
        onChoose={choose}
      />
      {chosen === 'subscriber' && (
        <SubscriberSearch
          shown={reader.kind === 'subscriber' ? reader.shown : null}
          onChoose={(found) => onChoose({ kind: 'subscriber', ...found })}
          words={words}
        />
      )}
    </div>
  )
}

const nameOf = (reader: LookReader): ReaderName => (reader.kind === 'somebody' ? reader.locale : reader.kind)
