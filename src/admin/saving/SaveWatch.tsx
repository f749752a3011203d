'use client'

import { toast, useAuth, useModal } from '@payloadcms/ui'
import { usePathname } from 'next/navigation.js'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import type { User } from '../../payload-types.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { LoginDialog } from './LoginDialog.tsx'
import { createSaveWatch, type SaveWatch as Watch, type Trouble } from './createSaveWatch.ts'
import './saving.css'
import { TroubleNotice } from './TroubleNotice.tsx'
import { useKeptPage } from './useKeptPage.ts'

const AutosavesUnderWay = createContext(0)

/** Whether an autosave of this window has been sent and is not answered yet. */
export const useIsAutosaving = (): boolean => use(AutosavesUnderWay) > 0

const OwnSaves = createContext<Watch['own']>({ newest: (_, version) => version, note: () => undefined })

/** What this page has saved itself, for what saves beside a form. */
export const useOwnSaves = (): Watch['own'] => use(OwnSaves)

/** Around the whole admin: watches what its forms save, and tells when a text is not saved. */
export function SaveWatch({ children }: { children: ReactNode }) {
  const { text } = useAdminText()
  const [watch] = useState(() => createSaveWatch({ isWriting, isLoggedIn }))
  const [underWay, setUnderWay] = useState(0)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const pathname = usePathname()
  const { fetchFullUser } = useAuth<User>()

  useEffect(() => watch.install(), [watch])
  useEffect(() => watch.onUnderWay(setUnderWay), [watch])
  useEffect(() => watch.onTrouble(setTrouble), [watch])
  useEffect(
    () => watch.onRecovered(() => void toast.success(text.saving.recovered)),
    [watch, text.saving.recovered],
  )
  useEffect(() => watch.pageChanged(), [watch, pathname])
  useSessionEnd(watch)
  useKeptPage({ isUnsaved: trouble !== null, question: text.saving.leave })

  const goOn = async () => {
    // Payload counts the time of the new session from here.
    await fetchFullUser()
    watch.loggedIn()
  }
  return (
    <AutosavesUnderWay value={underWay}>
      <OwnSaves value={watch.own}>{children}</OwnSaves>
      <div role="alert">{trouble && trouble.kind !== 'session' && <TroubleNotice trouble={trouble} />}</div>
      {trouble?.kind === 'session' && <LoginDialog isLoggedIn={isLoggedIn} onLoggedIn={() => void goOn()} />}
    </AutosavesUnderWay>
  )
}

/** In a form, and not in a list. */
const isWriting = (): boolean => document.querySelector('form.collection-edit__form') !== null

/** The server's word. Without an answer nobody is asked to log in. */
async function isLoggedIn(): Promise<boolean> {
  try {
    const answer = await fetch('/api/users/me', { credentials: 'same-origin', cache: 'no-store' })
    return !answer.ok || ((await answer.json()) as { user: unknown }).user !== null
  } catch {
    return true
  }
}

/** Just before the session ends: Payload would leave the page, and the text with it. */
const BEFORE_END_MS = 2_000
const DAY_SECONDS = 24 * 60 * 60
const LONGEST_TIMER_MS = 2 ** 31 - 1

function useSessionEnd(watch: Watch): void {
  const { setUser, token, tokenExpirationMs, user } = useAuth<User>()
  const { closeModal } = useModal()
  useEffect(() => {
    const ms = (tokenExpirationMs ?? 0) - Date.now() - BEFORE_END_MS
    if (!user || ms <= 0 || ms > LONGEST_TIMER_MS) return
    const timer = setTimeout(() => {
      if (!isWriting()) return
      // Payload then waits for another day; who may write is the server's business.
      setUser({ user, token, exp: Math.floor(Date.now() / 1000) + DAY_SECONDS })
      closeModal('stay-logged-in')
      watch.sessionEnded()
    }, ms)
    return () => clearTimeout(timer)
  }, [closeModal, setUser, token, tokenExpirationMs, user, watch])
}
