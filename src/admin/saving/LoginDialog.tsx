'use client'

import { Button, useAuth } from '@payloadcms/ui'
import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import type { User } from '../../payload-types.ts'
import { useAdminText } from '../text/useAdminText.ts'

const LOOK_EVERY_MS = 5_000

/**
 * Over the page, which stays as it is: the person who wrote there logs in again, here or in another tab.
 * @param props.isLoggedIn what the server says.
 */
export function LoginDialog({
  isLoggedIn,
  onLoggedIn,
}: {
  isLoggedIn: () => Promise<boolean>
  onLoggedIn: () => void
}) {
  const { text } = useAdminText()
  const { user } = useAuth<User>()
  // Who wrote here, whatever becomes of the session.
  const [email] = useState(user?.email ?? '')
  const dialog = useRef<HTMLDialogElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const heading = useId()
  const field = useId()

  useEffect(() => {
    const opened = dialog.current
    opened?.showModal()
    // Not the address, which comes first.
    passwordField.current?.focus()
    return () => opened?.close()
  }, [])

  useEffect(() => {
    const look = async () => {
      if (await isLoggedIn()) onLoggedIn()
    }
    const repeat = setInterval(() => void look(), LOOK_EVERY_MS)
    const lookNow = () => void look()
    window.addEventListener('focus', lookNow)
    return () => {
      clearInterval(repeat)
      window.removeEventListener('focus', lookNow)
    }
  }, [isLoggedIn, onLoggedIn])

  const logIn = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setBusy(true)
    const refused = await logInAs({
      email,
      password,
      language: text.language,
      unreachable: text.saving.unreachable,
    })
    setBusy(false)
    setFault(refused)
    if (refused === null) onLoggedIn()
  }

  return (
    <dialog
      className="login-dialog"
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => event.preventDefault()}
    >
      <form onSubmit={(event) => void logIn(event)}>
        <h2 id={heading}>{text.saving.loggedOut}</h2>
        <p>{text.saving.logInAgain}</p>
        {/* For password managers. */}
        <input type="email" autoComplete="username" value={email} readOnly aria-label={text.saving.email} />
        <label htmlFor={field}>{text.saving.password}</label>
        <input
          id={field}
          type="password"
          autoComplete="current-password"
          ref={passwordField}
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          aria-describedby={`${field}-fault`}
        />
        <p id={`${field}-fault`} className="login-dialog__fault" role="alert">
          {fault}
        </p>
        <Button type="submit" disabled={isBusy} margin={false}>
          {text.saving.logIn}
        </Button>
      </form>
    </dialog>
  )
}

/** @returns what the server says against it; null when the person is logged in. */
async function logInAs({
  email,
  password,
  language,
  unreachable,
}: {
  email: string
  password: string
  language: string
  unreachable: string
}): Promise<string | null> {
  try {
    const answer = await fetch('/api/users/login', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
      body: JSON.stringify({ email, password }),
    })
    if (answer.ok) return null
    const body = (await answer.json()) as { errors?: { message?: string }[] }
    return body.errors?.[0]?.message ?? unreachable
  } catch {
    return unreachable
  }
}
