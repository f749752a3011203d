'use client'

import { Banner, Button, toast, useAuth, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'
import { needsNewConsent } from '../../newsletter/rules/needsNewConsent.ts'
import type { Suppression, User } from '../../payload-types.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { askSuppressions } from './askSuppressions.ts'
import { Field } from './SuppressionForms.tsx'
import './suppressions.css'

/** On a suppression's page: whether it holds, and for an admin the way to lift it, with a reason. */
export function LiftControl() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Control key={id} id={id} />
}

function Control({ id }: { id: number | string }) {
  const { user } = useAuth<User>()
  const { text } = useAdminText()
  const { answer, isFailed, ask } = useAnswer<Suppression>({ path: `/suppressions/${id}?depth=0` })
  if (!answer) return isFailed ? <Banner type="error">{text.campaign.unreachable}</Banner> : null
  const { erased, moved, lifted, adminsOnly } = text.suppression.lift
  const takes = needsNewConsent(answer.reason) ? 'consent' : 'address'
  if (answer.liftedAt)
    return (
      <>
        <Banner type="success">{lifted[takes]}</Banner>
        <LiftedBy suppression={answer} liftedAt={answer.liftedAt} />
      </>
    )
  if (answer.reason === 'erased') return <Banner type="info">{erased}</Banner>
  if (answer.reason === 'moved') return <Banner type="info">{moved}</Banner>
  if (user?.role !== 'admin') return <Banner type="info">{adminsOnly}</Banner>
  return <LiftForm id={id} takes={takes} onLifted={ask} />
}

function LiftedBy({
  suppression: { liftedByName, liftedReason },
  liftedAt,
}: {
  suppression: Suppression
  liftedAt: string
}) {
  const { text } = useAdminText()
  const known = [liftedByName, liftedReason].filter(Boolean)
  return (
    <p className="campaign-note">
      {text.suppression.lift.liftedOn} <LocalTime date={liftedAt} language={text.language} />
      {known.map((each) => ` · ${each}`)}
    </p>
  )
}

/** No form: Payload's own is around it, and one within another is none. */
function LiftForm({
  id,
  takes,
  onLifted,
}: {
  id: number | string
  takes: 'address' | 'consent'
  onLifted: () => Promise<void>
}) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const [reason, setReason] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const { heading, about, reason: label, button, done, conflict } = text.suppression.lift
  const lift = async () => {
    setIsBusy(true)
    const answer = await askSuppressions({ api: config.routes.api, path: `${id}/lift`, body: { reason } })
    await onLifted()
    setIsBusy(false)
    if (answer.kind === 'done') toast.success(done)
    else if (answer.kind === 'refused') toast.error(answer.message)
    else toast.error(answer.kind === 'conflict' ? conflict : text.campaign.unreachable)
  }
  return (
    <div className="suppression-form suppression-form--lift" role="group" aria-label={heading}>
      <h2>{heading}</h2>
      <p className="campaign-note">{about[takes]}</p>
      <Field label={label} type="text" value={reason} isRequired={false} onChange={setReason} />
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={isBusy || reason.trim() === ''}
        onClick={() => void lift()}
      >
        {button}
      </Button>
    </div>
  )
}
