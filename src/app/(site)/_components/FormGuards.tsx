import { HONEYPOT_FIELD, STAMP_FIELD } from '../../../limits/formGuards.ts'

/**
 * What tells a person who fills in a form from a program: see limits/formGuards.
 * @param stamp see makeFormStamp.
 * @param label for whoever meets the field after all, such as in a browser without styles.
 */
export function FormGuards({ stamp, label }: { stamp: string; label: string }) {
  return (
    <>
      <div className="trap" aria-hidden="true">
        <label htmlFor={HONEYPOT_FIELD}>{label}</label>
        <input id={HONEYPOT_FIELD} type="text" name={HONEYPOT_FIELD} tabIndex={-1} autoComplete="off" />
      </div>
      <input type="hidden" name={STAMP_FIELD} value={stamp} />
    </>
  )
}
