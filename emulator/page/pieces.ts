import { html, type Html } from './html.ts'

/** A table whose rows become cards on a narrow screen. */
export function showTable({
  caption,
  columns,
  rows,
  none,
}: {
  caption: string
  columns: readonly string[]
  rows: readonly (readonly (Html | string | number)[])[]
  /** What is said when there is no row. */
  none: string
}): Html {
  if (rows.length === 0) return html`<p class="none">${none}</p>`
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell, index) => html`<td data-name="${columns[index] ?? ''}">${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** Numbers with what they count. */
export const showFigures = (figures: readonly (readonly [name: string, value: number | string])[]): Html =>
  html`<dl class="figures">
    ${figures.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${typeof value === 'number' ? grouped(value) : value}</dd>
        </div>`,
    )}
  </dl>`

/** The time of day; the whole of it is there for who asks. */
export const showTime = (iso: string): Html =>
  html`<time datetime="${iso}" title="${iso}">${iso.slice(11, 23)}</time>`

/** What was answered, in a word that also has a colour. */
export function showAnswer({ status, error }: { status: number | null; error?: string | null }): Html {
  if (status === null) return html`<span class="mark bad">no answer</span>`
  const kind = status < 300 ? 'good' : status === 429 || status === 409 ? 'fair' : 'bad'
  return html`<span class="mark ${kind}">${status}</span> ${error ?? ''}`
}

/** 12 345 */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f')

/** The first recipient, and how many more there are. */
export const showRecipients = (to: readonly string[]): string =>
  to.length > 1 ? `${to[0] ?? ''} and ${to.length - 1} more` : (to[0] ?? '')
