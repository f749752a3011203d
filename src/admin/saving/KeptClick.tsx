'use client'

import {
  toast,
  useDocumentInfo,
  useEditDepth,
  useForm,
  useFormBackgroundProcessing,
  useFormInitializing,
  useFormModified,
  useFormProcessing,
  useFormSubmitted,
  useModal,
} from '@payloadcms/ui'
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react'
import { useAdminText } from '../text/useAdminText.ts'
import { useIsAutosaving } from './SaveWatch.tsx'
import { isSaveKey, pressSaveKey } from './saveKey.ts'
import './saving.css'

/** Told of a click on the button that publishes, before anything comes of it. `goOn` clicks it, or does `act` in its place. */
export type Ask = (click: { goOn: (act?: () => boolean) => void }) => void

const DRAFT = 'action-save-draft'
const BUTTONS = `#action-save, #${DRAFT}`
const TOAST = 'kept-click'

/**
 * Around Payload's buttons to publish and to save a draft. Payload disables them while the form saves by itself, so that
 * a click is lost, and does not hold Ctrl+S back at all. Here the last of them is kept, says so, and is done once as soon
 * as the form is ready, with the text as it is then. While a save that a person asked for is under way nothing is kept:
 * the second half of a double click asks for nothing more.
 *
 * The editor tells its form what was typed as soon as the browser is idle. Each click waits for that too.
 * @param props.onAsk is told of a click on a button that publishes, which goes on when it calls `goOn`. Without it every
 * click goes on.
 */
export function KeptClick({ children, onAsk }: { children: ReactNode; onAsk?: Ask }) {
  const box = useRef<HTMLDivElement>(null)
  const { text } = useAdminText()
  const { canKeep, isBusy } = useReadiness()
  const { keep, isDoing } = useKept({ canKeep, isBusy })
  useHearing({ box, isHearing: canKeep && isBusy })
  useModifiedAfterFailure()

  const keepClick = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>(BUTTONS) : null
    const isPublishing = button?.id !== DRAFT
    const asks = isPublishing ? onAsk : undefined
    if (!button || (!canKeep && !asks) || isDoing()) return
    event.preventDefault()
    event.stopPropagation()
    if (!canKeep) return
    const click = () => {
      // The page may show another one in its place by now, which hears for it.
      const shown = button.isConnected ? button : box.current?.querySelector<HTMLElement>(`#${button.id}`)
      if (!shown || (shown instanceof HTMLButtonElement && shown.disabled)) return false
      shown.click()
      return true
    }
    const goOn = (act = click) => keep({ notice: isPublishing ? text.saving.publish : text.saving.save, act })
    if (asks) asks({ goOn })
    else goOn()
  }

  const isTopmost = useIsTopmost()
  useEffect(() => {
    if (!canKeep || !isTopmost) return
    const keepKey = (event: KeyboardEvent) => {
      if (!isSaveKey(event) || isDoing()) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const { ctrlKey, metaKey } = event
      keep({
        notice: text.saving.save,
        act: () => {
          pressSaveKey({ ctrlKey, metaKey })
          return true
        },
      })
    }
    window.addEventListener('keydown', keepKey, { capture: true })
    return () => window.removeEventListener('keydown', keepKey, { capture: true })
  }, [canKeep, isTopmost, keep, isDoing, text])

  return (
    <div className="kept-click" ref={box} onClickCapture={keepClick} aria-busy={canKeep && isBusy}>
      {children}
    </div>
  )
}

/** Whether a click may be kept, and whether it must wait for the form. */
function useReadiness(): { canKeep: boolean; isBusy: boolean } {
  const isSubmitting = useFormProcessing()
  // Each of them is asked: a hook behind `||` would be skipped.
  const busy = [useFormBackgroundProcessing(), useFormInitializing(), useIsAutosaving()]
  return { canKeep: !isSubmitting, isBusy: busy.includes(true) }
}

interface Kept {
  /** What the person reads when it takes a while. */
  notice: string
  /** False when it cannot be done at this moment. */
  act: () => boolean
}

/**
 * Keeps one act until the editor has told the form all and the form is ready; nothing is left of it when the form is
 * closed.
 */
function useKept({ canKeep, isBusy }: { canKeep: boolean; isBusy: boolean }): {
  keep: (kept: Kept) => void
  /** While the act is done, which is a click itself. */
  isDoing: () => boolean
} {
  const kept = useRef<Kept | null>(null)
  const doing = useRef(false)
  const [isTold, setTold] = useState(false)
  useEffect(() => {
    if (!kept.current || !isTold) return
    if (isBusy) {
      toast.loading(kept.current.notice, { id: TOAST })
      return
    }
    if (!canKeep) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let tries = 0
    const tryToAct = () => {
      if (!kept.current) return
      doing.current = true
      const isDone = kept.current.act()
      doing.current = false
      tries += 1
      // The form says that it is ready, and its button does not yet. A button that stays so has nothing to do. Tries are
      // counted, not seconds: on a busy machine the page stands still for seconds, and then nobody has looked.
      if (!isDone && tries < MOST_TRIES) return void (timer = setTimeout(tryToAct, SHOWN_MS))
      kept.current = null
      toast.dismiss(TOAST)
    }
    tryToAct()
    return () => clearTimeout(timer)
  }, [canKeep, isBusy, isTold])
  useEffect(
    () => () => {
      kept.current = null
      toast.dismiss(TOAST)
    },
    [],
  )
  const keep = useCallback((next: Kept) => {
    const isFirst = kept.current === null
    kept.current = next
    if (!isFirst) return
    setTold(false)
    void untilTold().then(() => setTold(true))
  }, [])
  return { keep, isDoing: useCallback(() => doing.current, []) }
}

/** A block tells the text, and the text tells the form, each when the browser is idle or after 500 ms. */
const TELLINGS = 2
const IDLE_MS = 500
const SHOWN_MS = 100
/** So often one looks whether the button has followed its form, SHOWN_MS apart. */
const MOST_TRIES = 20

async function untilTold(): Promise<void> {
  for (let telling = 0; telling < TELLINGS; telling++) {
    await new Promise<unknown>((resolve) =>
      'requestIdleCallback' in window
        ? requestIdleCallback(resolve, { timeout: IDLE_MS })
        : setTimeout(resolve, SHOWN_MS),
    )
    // React shows what was told, which tells the next one.
    await new Promise((resolve) => setTimeout(resolve, SHOWN_MS))
  }
}

/**
 * A disabled button hears neither mouse nor keys and loses the focus. While clicks are kept it is not disabled. Payload
 * sets `aria-disabled` to true or takes it away, so that `false` means: Payload would have it disabled.
 */
function useHearing({
  box,
  isHearing,
}: {
  box: React.RefObject<HTMLDivElement | null>
  isHearing: boolean
}): void {
  // Payload's buttons follow these: whenever one changes, this is done again.
  useFormModified()
  useDocumentInfo()
  useLayoutEffect(() => {
    for (const button of box.current?.querySelectorAll<HTMLButtonElement>(BUTTONS) ?? []) {
      if (button.ariaDisabled === null) continue
      button.disabled = !isHearing
      button.ariaDisabled = String(!isHearing)
    }
  })
}

/** A form that has changed compares itself after 250 ms, and when it is modified asks the server for its state. */
const AFTER_COMPARING_MS = 400

/**
 * Payload takes a form for saved as soon as there is an answer, also when that is a refusal. It is told otherwise once it
 * has compared itself: else it asks the server, which knows no fault of a text that nobody publishes, and the messages at
 * the fields vanish before they are read.
 */
function useModifiedAfterFailure(): void {
  const { setModified } = useForm()
  const isSubmitting = useFormProcessing()
  const hasFailed = useFormSubmitted()
  const wasSubmitting = useRef(false)
  useEffect(() => {
    const isRefused = wasSubmitting.current && !isSubmitting && hasFailed
    wasSubmitting.current = isSubmitting
    if (!isRefused) return
    const timer = setTimeout(() => setModified(true), AFTER_COMPARING_MS)
    return () => clearTimeout(timer)
  }, [isSubmitting, hasFailed, setModified])
}

/** Whether this form is the one in front, and not below an open drawer. */
function useIsTopmost(): boolean {
  const { modalState } = useModal()
  const openModals = Object.values(modalState).filter((modal) => modal?.isOpen).length
  return useEditDepth() === openModals + 1
}
