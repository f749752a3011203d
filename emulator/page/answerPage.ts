import { readFileSync } from 'node:fs'
import type { Emulation } from '../emulation.ts'
import type { Answer, ApiCall } from '../model.ts'
import { showCalls } from './callsPage.ts'
import { showFaults } from './faultsPage.ts'
import { html } from './html.ts'
import { showPage } from './layout.ts'
import { showMail, showMailHtml } from './mailPage.ts'
import { showMails } from './mailsPage.ts'
import { showOverview } from './overviewPage.ts'
import { takeForm } from './takeForm.ts'
import { showWebhooks } from './webhooksPage.ts'

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8')

/** What people see and send; null when the call is none for a page. */
export function answerPage({ call, emulation }: { call: ApiCall; emulation: Emulation }): Answer | null {
  if (call.method === 'POST') return takeForm({ call, emulation })
  if (call.method !== 'GET') return null
  switch (call.path) {
    case '/':
      return showOverview({ emulation, host: call.headers.host ?? '' })
    case '/calls':
      return showCalls({ emulation, call })
    case '/mails':
      return showMails({ emulation, call })
    case '/webhooks':
      return showWebhooks({ emulation, call })
    case '/faults':
      return showFaults({ emulation })
    // A browser asks for it wherever it shows a mail alone; that is no call of the API.
    case '/favicon.ico':
      return { status: 204, body: '' }
    case '/_emulator/style.css':
      return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: STYLE }
    default:
      return answerMail({ call, emulation })
  }
}

function answerMail({ call, emulation }: { call: ApiCall; emulation: Emulation }): Answer | null {
  const [, id, isAlone] = /^\/mails\/([^/]+)(\/html)?$/.exec(call.path) ?? []
  if (id === undefined) return null
  const mail = emulation.mails.find(id)
  if (!mail)
    return showPage({
      title: 'No such mail',
      path: '/mails',
      status: 404,
      content: html`<p>It was never taken, or is no longer kept.</p>`,
    })
  return isAlone ? showMailHtml(mail) : showMail({ emulation, mail })
}
