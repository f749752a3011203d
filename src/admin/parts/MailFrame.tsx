'use client'

import { useEffect, useRef, useState } from 'react'
import './mailFrame.css'

/**
 * A mail in a frame of its own origin in which no script runs and no form is sent. Its links open in a window of their own,
 * as from a mail program.
 */
export function MailFrame({
  html,
  title,
  width,
  isDark = false,
  hasImages = true,
  isLive = false,
}: {
  html: string
  title: string
  width: 'desktop' | 'phone'
  /** As for a reader who has chosen dark. */
  isDark?: boolean
  hasImages?: boolean
  /** Whether the mail changes while somebody looks at it: the frame then stays where they have scrolled to. */
  isLive?: boolean
}) {
  const seen = isDark ? inTheDark(html) : html
  const shown = hasImages ? seen : withoutImages(seen)
  const Frame = isLive ? LiveFrame : StillFrame
  return (
    <Frame
      className={`mail-frame mail-frame--${width}${isDark ? ' mail-frame--dark' : ''}`}
      title={title}
      html={shown.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`)}
    />
  )
}

interface FrameProps {
  className: string
  title: string
  html: string
}

const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox'

function StillFrame({ html, ...rest }: FrameProps) {
  return <iframe {...rest} sandbox={SANDBOX} referrerPolicy="no-referrer" srcDoc={html} />
}

/** No script, no frame, no form: the policy of the first document stays, also for a link that would run something. */
const POLICY =
  "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; frame-src 'none'; form-action 'none'\">"

/**
 * Loaded once; a newer mail takes the place of the older one in it. For that the frame is of our own origin, and the sandbox
 * still runs no script.
 */
function LiveFrame({ html, ...rest }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [first] = useState(html)
  const newest = useRef(html)
  const isLoaded = useRef(false)
  const show = () => {
    const page = frame.current?.contentDocument
    if (page) replacePage(page, newest.current)
  }
  useEffect(() => {
    if (newest.current === html) return
    newest.current = html
    if (isLoaded.current) show()
  }, [html])
  return (
    <iframe
      {...rest}
      ref={frame}
      sandbox={`${SANDBOX} allow-same-origin`}
      referrerPolicy="no-referrer"
      srcDoc={first.replace(/<head[^>]*>/i, (head) => head + POLICY)}
      onLoad={() => {
        isLoaded.current = true
        if (newest.current !== first) show()
      }}
    />
  )
}

function replacePage(page: Document, html: string): void {
  const next = new DOMParser().parseFromString(html, 'text/html')
  const { scrollTop, scrollLeft } = page.documentElement
  page.replaceChild(page.adoptNode(next.documentElement), page.documentElement)
  page.documentElement.scrollTo({ top: scrollTop, left: scrollLeft, behavior: 'instant' })
}

/** What the mail keeps for readers who have chosen dark holds for everybody. A browser would ask its own user. */
const inTheDark = (html: string): string =>
  html
    .replace(/\(prefers-color-scheme:\s*dark\)/gi, '(min-width:0)')
    .replace(/(color-scheme:\s*|schemes?" content=")light dark/gi, '$1dark')

/** As a mail program that loads none: their texts stay. */
const withoutImages = (html: string): string =>
  html.replace(/<source[^>]*>/gi, '').replace(/(<img\b[^>]*?)\ssrc="[^"]*"/gi, '$1')
