import type { Locale } from '../../../newsletter/model.ts'
import type { SiteFacts } from '../_data/site.ts'
import { siteText } from '../_text/siteText.ts'
import { contactPath } from '../_pages/paths.ts'
import { telephone } from './telephone.ts'

/** How to reach whoever writes here; nothing when the site does not say. */
export function ContactBox({ site, locale }: { site: SiteFacts; locale: Locale }) {
  const text = siteText[locale]
  const { phone, answerTime } = site
  if (!phone && !answerTime) return null
  return (
    <section className="contact" aria-labelledby="contact">
      <h2 id="contact">{text.contact}</h2>
      <p>
        {answerTime}{' '}
        {phone && (
          <>
            {answerTime ? text.orCall : text.call} <a href={telephone(phone)}>{phone}</a>.
          </>
        )}
      </p>
      <p>
        <a href={contactPath(locale)}>{text.writeToUs}</a>
      </p>
    </section>
  )
}
