import type { Refusals } from './askAcrossRefusals.ts'

/** Of Payload's forms, and of its documents. */
const BUTTONS = 'button[type=submit], #action-save, #action-save-draft'
/** Wrong in the form's eyes until it has been judged, which Payload does 150 ms after it was written. */
const REPEATED_PASSWORD = '#field-confirm-password'
/** Payload's forms ask the server 250 ms after the last change; a busy browser does it later. */
const ASKED_MS = 500
/** So long a click waits at most, however long somebody writes on or the server takes. */
const MOST_MS = 5_000
const LOOK_EVERY_MS = 50

/**
 * After a refusal, and where a password is repeated, a click on the button of a form (or Enter in a field) waits until the
 * form has heard that what was written is right. Until then the form keeps the fault of before at the field, and would not
 * send what is right now. The last click counts. A click on a button that is gone meanwhile is given up: another document
 * has buttons of the same name.
 * @returns what ends it.
 */
export function settleSubmits(page: Document, refusals: Refusals): () => void {
  let writtenAt = -Infinity
  let held: { button: HTMLElement; path: string; until: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const note = () => {
    writtenAt = performance.now()
  }
  const isSettled = () => performance.now() - writtenAt > ASKED_MS && refusals.asking === 0
  const mayBeWrong = () => refusals.count > 0 || page.querySelector(REPEATED_PASSWORD) !== null
  const hold = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>(BUTTONS) : null
    if (!button || !mayBeWrong() || (!held && isSettled())) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { pathname: path } = page.location
    held = { button, path, until: held?.until ?? performance.now() + MOST_MS }
    timer ??= setTimeout(look, LOOK_EVERY_MS)
  }
  /** Once more after it is settled, so that the form takes up what it has heard. */
  const look = () => {
    const isDue = held !== null && (isSettled() || performance.now() > held.until)
    timer = setTimeout(isDue ? send : look, LOOK_EVERY_MS)
  }
  const send = () => {
    const asked = held
    held = null
    timer = undefined
    if (!asked?.button.isConnected || asked.path !== page.location.pathname) return
    page.removeEventListener('click', hold, { capture: true })
    asked.button.click()
    page.addEventListener('click', hold, { capture: true })
  }
  page.addEventListener('input', note, { capture: true })
  // Enter in a field clicks the form's button too (HTML, "implicit submission").
  page.addEventListener('click', hold, { capture: true })
  return () => {
    clearTimeout(timer)
    page.removeEventListener('input', note, { capture: true })
    page.removeEventListener('click', hold, { capture: true })
  }
}
