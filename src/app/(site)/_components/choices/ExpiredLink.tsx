import type { Locale } from '../../../../newsletter/model.ts'
import { choicesText } from '../../_text/choices/choicesText.ts'
import { siteText } from '../../_text/siteText.ts'
import { Message } from '../Message.tsx'
import { Notice } from '../Notice.tsx'
import { actionOf } from './Section.tsx'

/** A link to the choices that is too old, and a button for a fresh one. */
export function ExpiredLink({
  token,
  locale,
  outcome,
}: {
  token: string
  locale: Locale
  /** Of the button, if it was pressed. */
  outcome: 'renewed' | 'failed' | null
}) {
  const words = choicesText[locale].expired
  return (
    <Message title={words.title} text={words.text}>
      {outcome === 'renewed' && <Notice tone="success">{words.renewed}</Notice>}
      {outcome === 'failed' && <Notice tone="problem">{siteText[locale].preferences.notSaved}</Notice>}
      {outcome !== 'renewed' && (
        <form method="post" action={actionOf({ path: '/api/preferences/renew', token })}>
          <button type="submit" className="button">
            {words.renew}
          </button>
        </form>
      )}
      <p>{words.leaving}</p>
    </Message>
  )
}
