'use client'

import { useEffect, type ReactNode } from 'react'

/** The drawers of the editor, whose forms ask the server for their state before they are saved. */
const DRAWER = 'dialog[id*="lexical"]'
const ACTS = ['pointerdown', 'keydown', 'input', 'change'] as const
/** A form that has changed asks the server after 250 ms. */
const SETTLED_MS = 350
const LOOK_EVERY_MS = 50

/**
 * Around the whole admin: no click on Save in a drawer of the editor is lost. A form that asks the server because somebody
 * has just typed cuts the question of the click short: Payload then refuses the click by the state before, and says
 * nothing. Here the click, or Enter, waits until the form has asked and has its answer, and is then done once.
 */
export function KeptSubmit({ children }: { children: ReactNode }) {
  useEffect(keepSubmits, [])
  return children
}

function keepSubmits(): () => void {
  let lastChange = -Infinity
  let questions = 0
  const waiting = new Set<HTMLFormElement>()
  /** Not held back a second time. */
  const passing = new WeakSet<HTMLFormElement>()

  const isSettled = () => questions === 0 && performance.now() - lastChange > SETTLED_MS
  const noteChange = () => {
    lastChange = performance.now()
  }
  const noteAct = (event: Event) => {
    if (!isOfSubmit(event)) noteChange()
  }
  const submitWhenSettled = (form: HTMLFormElement) => {
    if (form.isConnected && !isSettled()) {
      setTimeout(() => submitWhenSettled(form), LOOK_EVERY_MS)
      return
    }
    waiting.delete(form)
    form.ariaBusy = null
    // Somebody may have closed the drawer.
    if (!form.isConnected) return
    passing.add(form)
    form.requestSubmit()
  }
  const keep = (event: SubmitEvent) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.closest(DRAWER)) return
    if (passing.delete(form) || isSettled()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (waiting.has(form)) return
    waiting.add(form)
    form.ariaBusy = 'true'
    submitWhenSettled(form)
  }

  const send = window.fetch
  window.fetch = async (...request) => {
    if (!isQuestion(request[1])) return send(...request)
    questions += 1
    try {
      return await send(...request)
    } finally {
      questions -= 1
      noteChange()
    }
  }
  for (const act of ACTS) window.addEventListener(act, noteAct, { capture: true })
  window.addEventListener('submit', keep, { capture: true })
  return () => {
    window.fetch = send
    for (const act of ACTS) window.removeEventListener(act, noteAct, { capture: true })
    window.removeEventListener('submit', keep, { capture: true })
  }
}

/** What Next calls a server action: Payload’s forms ask for their state by one. */
const isQuestion = (init: RequestInit | undefined): boolean => new Headers(init?.headers).has('Next-Action')

/** The press that saves changes nothing. */
const isOfSubmit = (event: Event): boolean =>
  event instanceof KeyboardEvent
    ? event.key === 'Enter'
    : event.type === 'pointerdown' &&
      event.target instanceof Element &&
      event.target.closest('button[type=submit]') !== null
