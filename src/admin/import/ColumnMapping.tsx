'use client'

import { useTranslation } from '@payloadcms/ui'
import type { SeparatorName } from '../../endpoints/subscribersFile/readChoices.ts'
import type { Field } from '../../subscribers/fields.ts'
import { isField } from '../../subscribers/fields.ts'
import { importText } from './importText.ts'
import type { ChosenFile } from './useChosenFile.ts'

/** What every file may have; others are shown when the file has them. */
const USUAL: Field[] = ['email', 'name', 'first_name', 'last_name', 'locale', 'topics', 'consent_source']

/** What the file was recognised as, how it is split, and which column is what. */
export function ColumnMapping({ chosenFile, isDisabled }: { chosenFile: ChosenFile; isDisabled: boolean }) {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const { chosen, columns, setColumn, setSeparator } = chosenFile
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
        <p className="import__help">{text.encoding(columns.encoding)}</p>
        <div className="import__column">
          <label htmlFor="import-separator">{text.separator}</label>
          <select
            id="import-separator"
            value={columns.separator}
            onChange={(event) => void setSeparator(event.currentTarget.value as SeparatorName)}
          >
            {SEPARATORS.map((name) => (
              <option key={name} value={name}>
                {text.separators[name]}
              </option>
            ))}
          </select>
        </div>
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
    </>
  )
}

const SEPARATORS: SeparatorName[] = ['comma', 'semicolon', 'tab', 'bar']
