import type { Locale } from '../../../../newsletter/model.ts'
import { choicesText } from '../../_text/choices/choicesText.ts'
import { siteText } from '../../_text/siteText.ts'
import { Message } from '../Message.tsx'
import { Notice } from '../Notice.tsx'
import { actionOf } from './Section.tsx'

/** The question before everything is gone. */
export function EraseStep({
  token,
  locale,
  hasFailed,
}: {
  token: string
  locale: Locale
  hasFailed: boolean
}) {
  const words = choicesText[locale].erase
  return (
    <Message title={words.title} text={words.text}>
      {hasFailed && <Notice tone="problem">{siteText[locale].preferences.notSaved}</Notice>}
      <p>{words.underWay}</p>
      <p>{words.messages}</p>
      <form method="post" action={actionOf({ path: '/api/preferences/erase', token })}>
        <button type="submit" className="button button-grave">
          {words.erase}
        </button>
      </form>
      <p className="aside">
        <a href={`/preferences?${new URLSearchParams({ token })}`}>{words.back}</a>
      </p>
    </Message>
  )
}
