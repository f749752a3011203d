import type { Locale } from '../../../../newsletter/model.ts'
import { choicesText } from '../../_text/choices/choicesText.ts'
import { actionOf, Section } from './Section.tsx'

/** Another address, which is confirmed from there. */
export function AddressSection({
  token,
  locale,
  isWrong,
}: {
  token: string
  locale: Locale
  isWrong: boolean
}) {
  const words = choicesText[locale].address
  return (
    <Section title={words.title}>
      <p id="email-hint">{words.text}</p>
      <form className="form" method="post" action={actionOf({ path: '/api/preferences/address', token })}>
        <div className="field">
          <label htmlFor="email">{words.email}</label>
          <input
            id="email"
            type="email"
            name="email"
            required
            maxLength={254}
            autoComplete="email"
            aria-describedby="email-hint"
            aria-invalid={isWrong || undefined}
          />
        </div>
        <button type="submit" className="button button-quiet">
          {words.change}
        </button>
      </form>
    </Section>
  )
}
