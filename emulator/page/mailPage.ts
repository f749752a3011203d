import type { AcceptedMail, Answer } from '../model.ts'
import type { Emulation } from '../emulation.ts'
import { BOUNCE_TYPES, EVENT_TYPES } from '../webhooks/fates.ts'
import { html, type Html } from './html.ts'
import { HEADERS, showPage } from './layout.ts'
import { showOptions } from './fields.ts'
import { showRecipients } from './pieces.ts'
import { listWebhooks } from './webhooksPage.ts'

/** GET /mails/:id */
export function showMail({ emulation, mail }: { emulation: Emulation; mail: AcceptedMail }): Answer {
  const webhooks = emulation.webhooks.log.filter(({ emailId }) => emailId === mail.id)
  const content = html`
    ${showFacts(mail)} ${mail.html !== null && showFrame(mail)}
    ${
      mail.text !== null &&
      html`<section>
        <h2>Text</h2>
        <pre tabindex="0">${mail.text}</pre>
      </section>`
    }
    <section>
      <h2>Webhooks</h2>
      ${listWebhooks(webhooks)} ${emulation.settings.webhookUrl !== null && showEventForm(mail)}
    </section>
  `
  return showPage({ title: mail.subject, path: '/mails', content })
}

/** GET /mails/:id/html: the mail alone, in a sandbox of its own wherever it is opened. */
export function showMailHtml({ html: body }: AcceptedMail): Answer {
  const policy =
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; font-src *"
  return { status: 200, headers: { ...HEADERS, 'content-security-policy': policy }, body: body ?? '' }
}

function showFacts({ from, to, cc, replyTo, headers, tags, key, id, acceptedAt }: AcceptedMail): Html {
  const rows: [name: string, value: string][] = [
    ['From', from],
    ['To', to.join(', ')],
    ...(cc.length > 0 ? [['Cc', cc.join(', ')] as [string, string]] : []),
    ['Reply-To', replyTo.join(', ') || '–'],
    ...Object.entries(headers),
    ['Tags', tags.map(({ name, value }) => `${name}=${value}`).join(', ') || '–'],
    ['Idempotency-Key', key ?? '–'],
    ['Id', id],
    ['Taken at', acceptedAt],
  ]
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`
}

function showFrame({ id, to }: AcceptedMail): Html {
  const address = `/mails/${encodeURIComponent(id)}/html`
  return html`<section>
    <h2>HTML</h2>
    <iframe
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      src="${address}"
      title="The mail to ${showRecipients(to)}"
    ></iframe>
    <p><a href="${address}" target="_blank" rel="noopener">Open it alone</a></p>
  </section>`
}

const showEventForm = ({ id }: AcceptedMail): Html =>
  html`<form method="post" action="/_emulator/forms/event" class="row">
    <input type="hidden" name="emailId" value="${id}" />
    <label
      >Event
      <select name="type">
        ${showOptions({ values: EVENT_TYPES, chosen: 'email.complained' })}
      </select></label
    >
    <label
      >Of a bounce
      <select name="bounce">
        ${showOptions({ values: BOUNCE_TYPES, chosen: 'Permanent' })}
      </select></label
    >
    <button>Post it</button>
  </form>`
