'use client'

import { Button, useAuth, useConfig, useTranslation } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { transactionalMailKindLabels } from '../../collections/labels.ts'
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../../newsletter/model.ts'
import type { User } from '../../payload-types.ts'
import { askServer } from '../parts/askServer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './look.css'

/** In the site's settings: sends one of the automatic mails to whoever looks. */
export function TestLetters() {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text } = useAdminText()
  const words = text.testLetters
  const { i18n } = useTranslation()
  const labels = Object.entries(transactionalMailKindLabels)
    .filter(([value]) => value !== 'test-mail')
    .map(([value, label]) => [value, i18n.language === 'sv' ? label.sv : label.en] as const)
  const kinds = [...labels, ['new-password', words.newPassword] as const]
  const [kind, setKind] = useState(kinds[0]?.[0] ?? '')
  const [locale, setLocale] = useState<Locale>(DEFAULT_LOCALE)
  const [said, setSaid] = useState('')
  const ids = { heading: useId(), kind: useId(), locale: useId() }
  const send = async () => {
    setSaid('')
    const answer = await askServer({
      ...{ url: `${config.routes.api}/test-mails`, method: 'POST' },
      body: { kind, locale },
    })
    setSaid(answer.isDone ? text.look.onItsWay(user?.email ?? '') : answer.message || text.look.unreachable)
  }
  return (
    <section className="test-letters" aria-labelledby={ids.heading}>
      <h2 id={ids.heading}>{words.heading}</h2>
      <p>{words.about}</p>
      <div className="test-letters__choice">
        <label htmlFor={ids.kind}>{words.kind}</label>
        <select id={ids.kind} value={kind} onChange={({ target }) => setKind(target.value)}>
          {kinds.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <label htmlFor={ids.locale}>{words.language}</label>
        <select
          id={ids.locale}
          value={locale}
          onChange={({ target }) =>
            setLocale(LOCALES.find((known) => known === target.value) ?? DEFAULT_LOCALE)
          }
        >
          {LOCALES.map((value) => (
            <option key={value} value={value}>
              {words.languages[value]}
            </option>
          ))}
        </select>
        <Button buttonStyle="secondary" size="medium" margin={false} onClick={() => void send()}>
          {words.send}
        </Button>
      </div>
      <p role="status">{said}</p>
    </section>
  )
}
