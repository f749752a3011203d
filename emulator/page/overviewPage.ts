import type { Emulation } from '../emulation.ts'
import type { Answer } from '../model.ts'
import { listCalls } from './callsPage.ts'
import { html, type Html } from './html.ts'
import { showPage } from './layout.ts'
import { listMails } from './mailsPage.ts'
import { showFigures } from './pieces.ts'

const LAST = 8

/** GET / */
export function showOverview({ emulation, host }: { emulation: Emulation; host: string }): Answer {
  const { calls, mails } = emulation
  const counts = emulation.counts()
  const content = html`
    ${showFigures([
      ['mails taken', counts.mails],
      ['addresses', counts.addresses],
      ['got more than one', counts.addressesTwiceOrMoreTotal],
      ['calls', counts.calls],
      ['answered 429', counts.tooManyRequests],
      ['not answered', counts.unanswered],
      ['most in one second', counts.maxCallsInAnySecond],
      ['webhooks taken', counts.webhooks.taken],
    ])}
    ${counts.calls === 0 && showFirstSteps(host)}
    <section>
      <h2>Last mails</h2>
      ${listMails(mails.mails.slice(-LAST).reverse())}
      ${mails.mails.length > LAST && html`<p><a href="/mails">All mails</a></p>`}
    </section>
    <section>
      <h2>Last calls</h2>
      ${listCalls(calls.requests.slice(-LAST).reverse())}
      ${calls.requests.length > LAST && html`<p><a href="/calls">All calls</a></p>`}
    </section>
    <form method="post" action="/_emulator/forms/reset">
      <button>Forget everything received</button>
      <p class="hint">Mails, calls, webhooks, keys, faults and the use of quotas. The limits stay.</p>
    </form>
  `
  return showPage({ title: 'Overview', path: '/', content })
}

const showFirstSteps = (host: string): Html =>
  html`<section>
    <h2>Nothing has come in yet</h2>
    <p>Start Utskick with these in its environment, and publish an article:</p>
    <pre tabindex="0">
MAILER=resend
RESEND_BASE_URL=http://${host}
RESEND_API_KEY=re_emulator</pre>
  </section>`
