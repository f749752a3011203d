import { LinkFeature } from '@payloadcms/richtext-lexical'
import type { TextFieldSingleValidation } from 'payload'
import type { Locale } from '../../../newsletter/model.ts'
import { localeOf } from '../../../rich-text/written/describeProblem.ts'
import { readUrl } from '../../../rich-text/urls/readUrl.ts'

const refusals: Record<Locale, string> = {
  sv: 'Skriv en adress som https://exempel.se, namn@exempel.se, tel:08-123 45 67 eller /kontakt.',
  en: 'Write an address such as https://example.com, name@example.com, tel:08-123 45 67 or /contact.',
}

/** Takes what people write as an address (rich-text/urls/readUrl). */
export const validateAddress: TextFieldSingleValidation = (value, { req }) =>
  (typeof value === 'string' && readUrl(value).kind === 'url') || refusals[localeOf(req.i18n.language)]

/** A link to an article needs no address. */
const validateLinkAddress: TextFieldSingleValidation = (value, options) =>
  isInternal(options.siblingData) || validateAddress(value, options)

const isInternal = (siblingData: unknown): boolean =>
  typeof siblingData === 'object' &&
  siblingData !== null &&
  'linkType' in siblingData &&
  siblingData.linkType === 'internal'

/**
 * Links to articles and to addresses. Payload's own field would encode an address that it does not know, again at each
 * save, and refuse spaces: withWrittenText reads addresses instead.
 */
export const linkFeature = () =>
  LinkFeature({
    enabledCollections: ['articles'],
    fields: ({ defaultFields }) =>
      defaultFields.map((field) =>
        'name' in field && field.name === 'url' && field.type === 'text'
          ? {
              ...field,
              hooks: {},
              hasMany: false as const,
              maxRows: undefined,
              minRows: undefined,
              validate: validateLinkAddress,
            }
          : field,
      ),
  })
