import type { Locale } from '../../../../newsletter/model.ts'
import { MOST_WEEKS } from '../../../../readers/pausing.ts'
import { choicesText } from '../../_text/choices/choicesText.ts'
import { formatDate } from '../../_text/formatDate.ts'
import { unbroken } from '../../_text/unbroken.ts'
import { actionOf, Section } from './Section.tsx'

const SUGGESTED_WEEKS = 4

/** No newsletter for some weeks, or again before they are over. */
export function PauseSection({
  pausedUntil,
  token,
  locale,
  isWrong,
}: {
  pausedUntil: string | null
  token: string
  locale: Locale
  isWrong: boolean
}) {
  const words = choicesText[locale].pause
  const action = actionOf({ path: '/api/preferences/pause', token })
  if (pausedUntil)
    return (
      <Section title={words.title}>
        <p>{words.until(unbroken(formatDate(pausedUntil, locale)))}</p>
        <form className="form" method="post" action={action}>
          <button type="submit" className="button button-quiet" name="weeks" value="0">
            {words.resume}
          </button>
        </form>
      </Section>
    )
  return (
    <Section title={words.title}>
      <p>{words.text}</p>
      <form className="form" method="post" action={action}>
        <div className="field">
          <label htmlFor="weeks">{words.weeks}</label>
          <p className="hint" id="weeks-hint">
            {words.weeksHint}
          </p>
          <input
            id="weeks"
            type="number"
            name="weeks"
            min={1}
            max={MOST_WEEKS}
            defaultValue={SUGGESTED_WEEKS}
            required
            aria-describedby="weeks-hint"
            aria-invalid={isWrong || undefined}
          />
        </div>
        <button type="submit" className="button button-quiet">
          {words.pause}
        </button>
      </form>
    </Section>
  )
}
