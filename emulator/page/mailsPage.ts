import type { Emulation } from '../emulation.ts'
import type { AcceptedMail, Answer, ApiCall } from '../model.ts'
import { html, type Html } from './html.ts'
import { showPage } from './layout.ts'
import { turnPages } from './pager.ts'
import { grouped, showRecipients, showTable, showTime } from './pieces.ts'

/** GET /mails, /mails?search=… */
export function showMails({ emulation, call }: { emulation: Emulation; call: ApiCall }): Answer {
  const search = call.query.get('search')?.trim() ?? ''
  const { mails } = emulation.mails
  const found = search === '' ? mails : mails.filter(isAbout(search.toLowerCase()))
  const { items, links } = turnPages({ list: found, query: call.query, path: '/mails' })
  const taken = emulation.counts().mails
  const content = html`
    <form method="get" action="/mails" class="row" role="search">
      <label>Recipient or subject <input name="search" type="search" value="${search}" /></label>
      <button>Search</button>
    </form>
    ${
      mails.length < taken &&
      html`<p class="hint">${grouped(taken)} were taken; ${grouped(mails.length)} are kept.</p>`
    }
    ${listMails(items)} ${links}
  `
  return showPage({ title: 'Mails', path: '/mails', content })
}

const isAbout =
  (text: string) =>
  ({ to, subject }: AcceptedMail) =>
    subject.toLowerCase().includes(text) || to.some((address) => address.toLowerCase().includes(text))

export const listMails = (mails: readonly AcceptedMail[]): Html =>
  showTable({
    caption: 'Mails that were taken, newest first',
    columns: ['Time', 'To', 'Subject', 'Key'],
    rows: mails.map(({ id, to, subject, key, acceptedAt }) => [
      showTime(acceptedAt),
      showRecipients(to),
      html`<a href="/mails/${encodeURIComponent(id)}">${subject}</a>`,
      key === null ? '–' : html`<code>${key}</code>`,
    ]),
    none: 'No mail is kept.',
  })
