import type { Locale } from '../../../newsletter/model.ts'
import { subscribePath } from '../_pages/paths.ts'
import { siteText } from '../_text/siteText.ts'

/** Whoever has read to the end may want the next one. A link, not the form: an article's page is the same for everybody. */
export function SubscribeInvitation({ locale }: { locale: Locale }) {
  const words = siteText[locale].subscribe
  return (
    <section className="contact" aria-labelledby="subscribe">
      <h2 id="subscribe">{words.invitation}</h2>
      <p>{words.invitationText}</p>
      <p className="contact-action">
        <a className="button" href={subscribePath(locale)}>
          {words.submit}
        </a>
      </p>
    </section>
  )
}
