'use client'

import { useTranslation } from '@payloadcms/ui'
import type { Topic } from '../../payload-types.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { importText } from './importText.ts'
import type { ChosenFile } from './useChosenFile.ts'

/** More than anybody chooses among; a file can name any of them. */
const MOST_TOPICS = 200

/** What holds for everybody in the file, where it does not say it itself: one topic, and one consent. */
export function ForEverybody({ chosenFile, isDisabled }: { chosenFile: ChosenFile; isDisabled: boolean }) {
  const { i18n } = useTranslation()
  const text = importText(i18n.language)
  const { answer } = useAnswer<{ docs: Pick<Topic, 'slug' | 'name'>[] }>({
    path: `/topics?depth=0&sort=slug&limit=${MOST_TOPICS}&select[slug]=true&select[name]=true&locale=${i18n.language}`,
  })
  const { chosen, columns, change } = chosenFile
  if (!chosen || !columns) return null
  const topics = answer?.docs ?? []
  const isEveryRowSaid = columns.statusOfFile !== null || Boolean(chosen.mapping.consent_source)
  return (
    <fieldset className="import__columns" disabled={isDisabled}>
      <legend>{text.everybody}</legend>
      {!chosen.mapping.topics && topics.length > 0 && (
        <div className="import__field">
          <label htmlFor="import-topic">{text.topic}</label>
          <select
            id="import-topic"
            value={chosen.topic}
            aria-describedby="import-topic-help"
            onChange={(event) => change({ topic: event.currentTarget.value })}
          >
            <option value="">{text.noTopic}</option>
            {topics.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name || slug}
              </option>
            ))}
          </select>
          <p id="import-topic-help" className="import__help">
            {text.topicHelp}
          </p>
        </div>
      )}
      <div className="import__field">
        <label htmlFor="import-consent">{text.consentSource}</label>
        <input
          id="import-consent"
          type="text"
          value={chosen.consentSource}
          maxLength={300}
          required={!isEveryRowSaid}
          aria-describedby="import-consent-help"
          onChange={(event) => change({ consentSource: event.currentTarget.value })}
        />
        <p id="import-consent-help" className="import__help">
          {text.consentSourceHelp}
        </p>
      </div>
      <div className="import__field">
        <label htmlFor="import-consent-text">{text.consentText}</label>
        <textarea
          id="import-consent-text"
          rows={2}
          value={chosen.consentText}
          maxLength={2000}
          aria-describedby="import-consent-text-help"
          onChange={(event) => change({ consentText: event.currentTarget.value })}
        />
        <p id="import-consent-text-help" className="import__help">
          {text.consentTextHelp}
        </p>
      </div>
    </fieldset>
  )
}
