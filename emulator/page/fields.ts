import { html, type Html } from './html.ts'

/** A number that may be left empty. */
export const showNumber = ({
  name,
  label,
  value,
  hint,
  step = '1',
}: {
  name: string
  label: string
  value: number | null
  hint?: string
  step?: string
}): Html =>
  html`<label
    >${label}
    <input name="${name}" type="number" min="0" step="${step}" inputmode="decimal" value="${value ?? ''}" />
    ${hint !== undefined && html`<small>${hint}</small>`}
  </label>`

export const showCheck = ({ name, label, isOn }: { name: string; label: string; isOn: boolean }): Html =>
  html`<label class="check"
    ><input name="${name}" type="checkbox" value="on" ${isOn && html` checked`} /> ${label}</label
  >`

export const showOptions = ({ values, chosen }: { values: readonly string[]; chosen: string }): Html[] =>
  values.map((value) => html`<option${value === chosen && html` selected`}>${value}</option>`)
