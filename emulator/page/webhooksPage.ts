import type { Emulation } from '../emulation.ts'
import type { Answer, ApiCall } from '../model.ts'
import type { WebhookRecord } from '../webhooks/webhookRecord.ts'
import { html, type Html } from './html.ts'
import { showPage } from './layout.ts'
import { turnPages } from './pager.ts'
import { showAnswer, showFigures, showRecipients, showTable, showTime } from './pieces.ts'

/** GET /webhooks */
export function showWebhooks({ emulation, call }: { emulation: Emulation; call: ApiCall }): Answer {
  const { webhookUrl } = emulation.settings
  const { events, posts, taken, givenUp, pending } = emulation.webhooks.counts()
  const { items, links } = turnPages({ list: emulation.webhooks.log, query: call.query, path: '/webhooks' })
  const target =
    webhookUrl === null
      ? html`<p>
          No webhook is posted: <a href="/faults">give an address</a>, or start with
          <code>--webhook-url</code>.
        </p>`
      : html`<p>Posted to <code>${webhookUrl}</code>.</p>`
  const content = html`
    ${target}
    ${showFigures([
      ['events', events],
      ['posts', posts],
      ['taken', taken],
      ['given up', givenUp],
      ['under way', pending],
    ])}
    ${listWebhooks(items)} ${links}
  `
  return showPage({ title: 'Webhooks', path: '/webhooks', content })
}

export const listWebhooks = (records: readonly WebhookRecord[]): Html =>
  showTable({
    caption: 'Webhooks, newest first',
    columns: ['Time', 'Event', 'Mail to', 'svix-id', 'Answers'],
    rows: records.map(({ createdAt, type, emailId, to, id, posts, body, state }) => [
      showTime(createdAt),
      html`<details>
        <summary>${type}</summary>
        <pre tabindex="0">${JSON.stringify(JSON.parse(body), null, 2)}</pre>
      </details>`,
      html`<a href="/mails/${encodeURIComponent(emailId)}">${showRecipients(to)}</a>`,
      html`<code>${id}</code>`,
      html`${posts.map(({ status }) => html`${showAnswer({ status })} `)}
      ${state === 'pending' ? 'under way' : state === 'given-up' ? 'given up' : ''}`,
    ]),
    none: 'No webhook.',
  })
