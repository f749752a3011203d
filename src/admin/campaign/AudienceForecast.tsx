'use client'

import { Banner, Link, useConfig } from '@payloadcms/ui'
import type { AudienceAnswer } from '../../collections/Articles/endpoints/audience.ts'
import { LOCALES } from '../../newsletter/model.ts'
import { useAdminText } from '../text/useAdminText.ts'

/**
 * To whom the article goes when it is published now, and what stands in the way.
 * @param props.isPlanned it is published at a time.
 */
export function AudienceForecast({
  audience,
  isPlanned = false,
}: {
  audience: AudienceAnswer
  isPlanned?: boolean
}) {
  const { text, number } = useAdminText()
  const { recipients, locales, missing, mailer, holdSeconds, canary } = audience
  const parts = LOCALES.filter((locale) => locales[locale] > 0).map((locale) =>
    text.article.inLocale[locale](number(locales[locale])),
  )
  return (
    <>
      <p className="campaign-forecast">
        {recipients === 0 ? (
          text.article.goesToNobody
        ) : (
          <>
            <strong>{text.article.goesTo(recipients, number(recipients))}</strong>{' '}
            {text.article.locales(parts)}
          </>
        )}
      </p>
      {recipients > 0 && missing.length === 0 && (
        <p className="campaign-note">
          {isPlanned ? text.plans.untilThen : text.article.undoable(holdSeconds)}
        </p>
      )}
      {canary && missing.length === 0 && (
        <p className="campaign-note">
          {text.article.canaryFirst(number(canary.mails), number(canary.minutes))}
        </p>
      )}
      {mailer === 'outbox' && recipients > 0 && <p className="campaign-note">{text.article.toOutbox}</p>}
      {missing.length > 0 && <MissingSettings missing={missing} />}
    </>
  )
}

function MissingSettings({ missing }: { missing: AudienceAnswer['missing'] }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const names = missing.map((name) => text.article.missingFields[name])
  return (
    <Banner type="error">
      {text.article.missing} {names.join(', ')}.{' '}
      <Link href={`${config.routes.admin}/globals/site`} prefetch={false}>
        {text.article.openSite}
      </Link>
    </Banner>
  )
}
