import type { Answer } from '../model.ts'
import { html, type Html } from './html.ts'

const PAGES = [
  ['/', 'Overview'],
  ['/mails', 'Mails'],
  ['/calls', 'Calls'],
  ['/webhooks', 'Webhooks'],
  ['/faults', 'Faults and limits'],
] as const

/** Nothing runs and nothing is fetched from elsewhere; the frame is a mail. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** One page with its frame. */
export function showPage({
  title,
  path,
  status = 200,
  content,
}: {
  title: string
  /** The entry of the navigation that it belongs to. */
  path: string
  status?: number
  content: Html
}): Answer {
  const links = PAGES.map(
    ([href, name]) =>
      html`<li><a href="${href}" ${href === path && html` aria-current="page"`}>${name}</a></li>`,
  )
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · Resend emulator</title>
        <link rel="stylesheet" href="/_emulator/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <header>
          <p class="name">Resend <span>emulator</span></p>
          <nav aria-label="Pages">
            <ul>
              ${links}
            </ul>
          </nav>
        </header>
        <main id="content">
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`
  return { status, headers: { ...HEADERS, 'content-security-policy': POLICY }, body: page.html }
}

export const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}
