import type { Refusals } from './askAcrossRefusals.ts'

/** Of Payload's forms, and of its documents. */
const BUTTONS = 'button[type=submit], #action-save, #action-save-draft'
/** Payload's forms ask the server 250 ms after the last change; a busy browser does it later. */
const ASKED_MS = 500
/** So long at most for an answer, and then for the form to take it up. */
const ANSWERED_MS = 5_000
const TAKEN_UP_MS = 50

/**
 * After a refusal, a click on the button of a form (or Enter in a field) waits until the form has heard that what was corrected
 * is right. Until then the form keeps the fault of the refusal at the field, and would not send what is right now.
 * @returns what ends it.
 */
export function settleSubmits(page: Document, refusals: Refusals): () => void {
  let writtenAt = -Infinity
  let waiting: ReturnType<typeof setTimeout> | undefined
  const note = () => {
    writtenAt = performance.now()
  }
  const isSettled = () => {
    const since = performance.now() - writtenAt
    return since > ASKED_MS + ANSWERED_MS || (since > ASKED_MS && refusals.asking === 0)
  }
  const hold = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>(BUTTONS) : null
    if (!button || refusals.count === 0 || (isSettled() && waiting === undefined)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    waiting ??= setTimeout(function look() {
      waiting = setTimeout(isSettled() ? send : look, TAKEN_UP_MS)
    }, TAKEN_UP_MS)
    function send() {
      page.removeEventListener('click', hold, { capture: true })
      const shown = button?.isConnected ? button : page.getElementById(button?.id ?? '')
      shown?.click()
      page.addEventListener('click', hold, { capture: true })
      waiting = undefined
    }
  }
  page.addEventListener('input', note, { capture: true })
  // Enter in a field clicks the form's button too (HTML, "implicit submission").
  page.addEventListener('click', hold, { capture: true })
  return () => {
    clearTimeout(waiting)
    page.removeEventListener('input', note, { capture: true })
    page.removeEventListener('click', hold, { capture: true })
  }
}
