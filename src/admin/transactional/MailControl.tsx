'use client'

import { Banner, Pill, useAuth, useDocumentInfo, useTranslation } from '@payloadcms/ui'
import type { ComponentProps } from 'react'
import { deliveryStatusLabels } from '../../collections/labels.ts'
import type { TransactionalMailStatus } from '../../newsletter/model.ts'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { hasProviderWords } from '../text/hasProviderWords.ts'
import { useAdminText } from '../text/useAdminText.ts'
import '../campaign/campaign.css'
import { AgainButton } from './AgainButton.tsx'
import { mailStateOf, mayGoAgain, SHOWN_OF_MAIL, whilePending, type MailDoc } from './mailFacts.ts'

/** On a transactional mail's page: how it stands, why, and the way to have it handed over again. */
export function MailControl() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Control key={id} id={id} />
}

function Control({ id }: { id: number | string }) {
  const { user } = useAuth<User>()
  const { text } = useAdminText()
  const { answer, isFailed, ask } = useAnswer<MailDoc>({
    path: `/transactional-mails/${id}?${SHOWN_OF_MAIL}`,
    everyMs: whilePending,
  })
  const failure = isFailed && <Banner type="error">{text.campaign.unreachable}</Banner>
  if (!answer) return failure || null
  return (
    <section className="campaign-control" data-status={answer.status}>
      <State mail={answer} />
      {failure}
      {isEditorUser(user) && mayGoAgain(answer) && <AgainButton mail={answer} onAnswer={ask} />}
    </section>
  )
}

const PILLS: Record<TransactionalMailStatus, ComponentProps<typeof Pill>['pillStyle']> = {
  pending: 'light',
  submitted: 'success',
  rejected: 'error',
  uncertain: 'warning',
}

function State({ mail }: { mail: MailDoc }) {
  const { i18n } = useTranslation()
  const { text } = useAdminText()
  const label = deliveryStatusLabels[mail.status]
  return (
    <div role="status">
      <div className="campaign-state">
        <Pill pillStyle={PILLS[mail.status]} size="small">
          {i18n.language === 'sv' ? label.sv : label.en}
        </Pill>{' '}
        <span>{text.mail.states[mailStateOf(mail)]}</span>
      </div>
      {mail.settledAt && (
        <p className="campaign-note">
          <LocalTime date={mail.settledAt} language={text.language} />
        </p>
      )}
      <Reason mail={mail} />
    </div>
  )
}

/** In the user's language where there is a text for it; the provider's own words besides. */
function Reason({ mail: { reason, detail } }: { mail: MailDoc }) {
  const { text } = useAdminText()
  if (!reason) return null
  const translated = text.campaign.problems[reason]
  return (
    <Banner type="info" className="campaign-problem">
      {translated ?? detail ?? reason}
      {translated && detail && hasProviderWords(reason) && <p>{detail}</p>}
    </Banner>
  )
}
