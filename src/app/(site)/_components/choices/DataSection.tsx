import type { Locale } from '../../../../newsletter/model.ts'
import { choicesText } from '../../_text/choices/choicesText.ts'
import { Section } from './Section.tsx'

/** To have everything that is kept of oneself, or to be forgotten. */
export function DataSection({ token, locale }: { token: string; locale: Locale }) {
  const words = choicesText[locale].data
  return (
    <Section title={words.title}>
      <p>{words.text}</p>
      <ul className="links">
        <li>
          <a href={`/api/preferences/data?${new URLSearchParams({ token })}`}>{words.download}</a>
        </li>
        <li>
          <a href={`/preferences?${new URLSearchParams({ token, step: 'erase' })}`}>{words.erase}</a>
        </li>
      </ul>
    </Section>
  )
}
