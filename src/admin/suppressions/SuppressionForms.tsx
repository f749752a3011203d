'use client'

import { Button, Link, toast, useAuth, useConfig, useListQuery, useTranslation } from '@payloadcms/ui'
import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { suppressionReasonLabels } from '../../collections/labels.ts'
import { needsNewConsent } from '../../newsletter/rules/needsNewConsent.ts'
import type { Suppression, User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { askSuppressions } from './askSuppressions.ts'
import './suppressions.css'

/** Above the list: looks an address up, which alone finds who was erased, and suppresses one by hand. */
export function SuppressionForms() {
  const { user } = useAuth<User>()
  if (!isEditorUser(user)) return null
  return (
    <div className="suppression-forms">
      <LookupForm />
      <AddForm />
    </div>
  )
}

function LookupForm() {
  const { config } = useConfig()
  const { text } = useAdminText()
  const [email, setEmail] = useState('')
  const [found, setFound] = useState<ReactNode>(null)
  const look = async () => {
    const answer = await askSuppressions({ api: config.routes.api, path: 'lookup', body: { email } })
    if (answer.kind === 'done') setFound(<Found suppression={answer.doc} />)
    else setFound(answer.kind === 'refused' ? answer.message : text.campaign.unreachable)
  }
  const { heading, about, email: label, button } = text.suppression.find
  return (
    <Form heading={heading} about={about} button={button} onSubmit={look}>
      <Field label={label} type="email" value={email} onChange={setEmail} />
      <p role="status">{found}</p>
    </Form>
  )
}

function Found({ suppression }: { suppression: Suppression | null }) {
  const { config } = useConfig()
  const { i18n } = useTranslation()
  const { text } = useAdminText()
  if (!suppression) return text.suppression.none
  const label = suppressionReasonLabels[suppression.reason]
  const reason = i18n.language === 'sv' ? label.sv : label.en
  const { found, foundLifted, lift, open } = text.suppression
  const lifted = lift.lifted[needsNewConsent(suppression.reason) ? 'consent' : 'address']
  return (
    <>
      {suppression.liftedAt ? foundLifted(lifted, reason) : found(reason)}{' '}
      <Link href={`${config.routes.admin}/collections/suppressions/${suppression.id}`} prefetch={false}>
        {open}
      </Link>
    </>
  )
}

function AddForm() {
  const { config } = useConfig()
  const { text } = useAdminText()
  const { refineListData, query } = useListQuery()
  const [email, setEmail] = useState('')
  const [reason, setReason] = useState('')
  const add = async () => {
    const answer = await askSuppressions({ api: config.routes.api, path: 'add', body: { email, reason } })
    if (answer.kind !== 'done')
      return void toast.error(answer.kind === 'refused' ? answer.message : text.campaign.unreachable)
    toast.success(text.suppression.add.done)
    setEmail('')
    setReason('')
    await refineListData({ ...query, page: 1 })
  }
  const { heading, about, reason: label, button } = text.suppression.add
  return (
    <Form heading={heading} about={about} button={button} onSubmit={add}>
      <Field label={text.suppression.find.email} type="email" value={email} onChange={setEmail} />
      <Field label={label} type="text" value={reason} onChange={setReason} />
    </Form>
  )
}

function Form({
  heading,
  about,
  button,
  onSubmit,
  children,
}: {
  heading: string
  about: string
  button: string
  onSubmit: () => Promise<void>
  children: ReactNode
}) {
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setIsBusy(true)
    await onSubmit()
    setIsBusy(false)
  }
  return (
    <form className="suppression-form" onSubmit={(event) => void submit(event)}>
      <h2>{heading}</h2>
      <p className="campaign-note">{about}</p>
      {children}
      <Button type="submit" buttonStyle="secondary" size="medium" margin={false} disabled={isBusy}>
        {button}
      </Button>
    </form>
  )
}

export function Field({
  label,
  type,
  value,
  isRequired = true,
  onChange,
}: {
  label: string
  type: 'email' | 'text'
  value: string
  /** Not within a form that is saved without it. */
  isRequired?: boolean
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div className="field-type text">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        value={value}
        required={isRequired}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
