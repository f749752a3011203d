'use client'

import { useTranslation } from '@payloadcms/ui'
import type { Field } from '../../subscribers/fields.ts'
import { isField } from '../../subscribers/fields.ts'
import { importText } from './importText.ts'
import type { ChosenFile } from './useChosenFile.ts'

/** What every file may have; others are shown when the file has them. */
const USUAL: Field[] = ['email', 'name', 'first_name', 'last_name', 'locale', 'topics', 'consent_source']

/** What the file was recognised as, which column is what, and the consent source of the rest. */
export function ColumnMapping({ chosenFile, isDisabled }: { chosenFile: ChosenFile; isDisabled: boolean }) {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const { chosen, columns, setColumn, setConsentSource } = chosenFile
  if (!chosen || !columns) return null
  const fields = [...new Set([...USUAL, ...Object.keys(columns.mapping).filter(isField)])]
  const names = [...new Set(columns.columns.filter((name) => name !== ''))]
  return (
    <>
      <p role="status">
        {text.format[columns.format]} {columns.statusOfFile && text.everybodyIs[columns.statusOfFile]}
      </p>
      <fieldset className="import__columns" disabled={isDisabled}>
        <legend>{text.columns}</legend>
        <p className="import__help">{text.columnsHelp}</p>
        {fields.map((field) => (
          <div key={field} className="import__column">
            <label htmlFor={`import-column-${field}`}>{text.fields[field]}</label>
            <select
              id={`import-column-${field}`}
              value={chosen.mapping[field] ?? ''}
              required={field === 'email'}
              onChange={(event) => setColumn(field, event.currentTarget.value)}
            >
              <option value="">{text.noColumn}</option>
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        ))}
      </fieldset>
      <div className="import__field">
        <label htmlFor="import-consent">{text.consentSource}</label>
        <input
          id="import-consent"
          type="text"
          value={chosen.consentSource}
          maxLength={300}
          disabled={isDisabled}
          required={!chosen.mapping.consent_source && columns.statusOfFile === null}
          aria-describedby="import-consent-help"
          onChange={(event) => setConsentSource(event.currentTarget.value)}
        />
        <p id="import-consent-help" className="import__help">
          {text.consentSourceHelp}
        </p>
      </div>
    </>
  )
}
