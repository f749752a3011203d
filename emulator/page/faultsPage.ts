import type { Emulation } from '../emulation.ts'
import { FAULT_NAMES, faultName } from '../faults/namedFaults.ts'
import type { Answer, Fault } from '../model.ts'
import { showCheck, showNumber, showOptions } from './fields.ts'
import { html, type Html } from './html.ts'
import { showPage } from './layout.ts'
import { grouped } from './pieces.ts'

const NONE = 'none'
const MOST_NAMED = 5

/** GET /faults; with `mistake` the answer to a form that could not be taken. */
export function showFaults({
  emulation,
  mistake = null,
}: {
  emulation: Emulation
  mistake?: string | null
}): Answer {
  const content = html`
    ${mistake !== null && html`<p class="mistake" role="alert">${mistake}</p>`}
    <div class="columns">
      ${showFaultForm(emulation)} ${showLimitForm(emulation)} ${showWebhookForm(emulation)}
    </div>
  `
  return showPage({
    title: 'Faults and limits',
    path: '/faults',
    status: mistake === null ? 200 : 422,
    content,
  })
}

function showFaultForm({ faults, counts }: Emulation): Html {
  const { next, every, random } = faults.plan()
  const met = Object.entries(counts().faults)
  return html`<form method="post" action="/_emulator/forms/faults">
    <h2>Faults</h2>
    <fieldset>
      <legend>The next calls</legend>
      <label
        >Meet
        <select name="next">
          ${showOptions({ values: [NONE, ...FAULT_NAMES], chosen: NONE })}
        </select></label
      >
      ${showNumber({ name: 'times', label: 'How many calls', value: 1 })}
      <p class="hint">Waiting: ${showWaiting(next)}</p>
    </fieldset>
    <label
      >Every call meets
      <select name="every">
        ${showOptions({ values: [NONE, ...FAULT_NAMES], chosen: every ? faultName(every) : NONE })}
      </select>
    </label>
    <fieldset>
      <legend>By chance</legend>
      ${showNumber({ name: 'rate', label: 'Part of the calls', value: random?.rate ?? 0, hint: '0.05 is one in twenty', step: '0.01' })}
      ${showNumber({ name: 'seed', label: 'Seed', value: random?.seed ?? null, hint: 'empty: that of the start' })}
    </fieldset>
    <button>Set faults</button>
    <p class="hint">
      Met: ${met.length === 0 ? NONE : met.map(([name, times]) => `${name} ${grouped(times)}`).join(', ')}
    </p>
  </form>`
}

function showWaiting(next: readonly Fault[]): string {
  if (next.length === 0) return NONE
  const named = next.slice(0, MOST_NAMED).map(faultName).join(', ')
  return next.length > MOST_NAMED ? `${named} and ${grouped(next.length - MOST_NAMED)} more` : named
}

function showLimitForm({ settings, quotas }: Emulation): Html {
  const used = quotas.used()
  return html`<form method="post" action="/_emulator/forms/limits">
    <h2>Limits</h2>
    ${showNumber({ name: 'perSecond', label: 'Calls a second', value: settings.perSecond, hint: 'empty: no limit' })}
    ${showCheck({ name: 'isRateEnforced', label: 'More are answered 429', isOn: settings.isRateEnforced })}
    ${showNumber({ name: 'latencyMs', label: 'Latency, ms', value: settings.latencyMs })}
    ${showNumber({ name: 'dailyQuota', label: 'Mails a day', value: settings.dailyQuota, hint: `empty: no quota; ${grouped(used.day)} used` })}
    ${showNumber({ name: 'monthlyQuota', label: 'Mails a month', value: settings.monthlyQuota, hint: `empty: no quota; ${grouped(used.month)} used` })}
    <button>Set limits</button>
  </form>`
}

function showWebhookForm({ settings }: Emulation): Html {
  return html`<form method="post" action="/_emulator/forms/webhooks">
    <h2>Webhooks</h2>
    <label
      >Address <input name="webhookUrl" type="url" value="${settings.webhookUrl}" />
      <small>empty: none is posted</small></label
    >
    ${showNumber({ name: 'webhookCopies', label: 'Times that each is posted', value: settings.webhookCopies })}
    ${showCheck({ name: 'isWebhookOrderShuffled', label: 'In shuffled order', isOn: settings.isWebhookOrderShuffled })}
    ${showNumber({ name: 'webhookDelayMs', label: 'Delay, ms', value: settings.webhookDelayMs })}
    <button>Set webhooks</button>
  </form>`
}
