import type { CollectionConfig, Config, FlattenedField, GlobalConfig, PayloadRequest } from 'payload'
import { isStaff } from '../access/isStaff.ts'
import type { Locale } from '../newsletter/model.ts'
import { idKindOf } from '../public-api/guardPublicReads.ts'
import { labelOf } from '../refusals/nameFields.ts'
import { refuseField } from '../refusals/refusal.ts'
import { findOddValue, type Expected } from './findOddValue.ts'

/**
 * A Payload plugin: what somebody writes is looked at before any other hook, over REST, GraphQL and the Local API alike. A
 * value of a kind that its field cannot hold is refused with 400 and the field's name; Payload and the database would
 * fail on it with 500. Whoever may not write at all is told so by access alone, which comes later.
 */
export const refuseOddShapes = (config: Config): Config => ({
  ...config,
  collections: config.collections?.map((of: CollectionConfig) => ({
    ...of,
    hooks: {
      ...of.hooks,
      beforeOperation: [
        ({ collection, ...asked }) => refuseOdd({ entity: collection, ...asked }),
        ...(of.hooks?.beforeOperation ?? []),
      ],
    },
  })),
  globals: config.globals?.map((of: GlobalConfig) => ({
    ...of,
    hooks: {
      ...of.hooks,
      beforeOperation: [
        ({ global, ...asked }) => refuseOdd({ entity: global, ...asked }),
        ...(of.hooks?.beforeOperation ?? []),
      ],
    },
  })),
})

/** REST and GraphQL name no `overrideAccess`; the Local API names true unless it is told otherwise. */
function refuseOdd({
  args,
  entity: { slug, flattenedFields },
  overrideAccess,
  req,
}: {
  args?: unknown
  entity: { slug: string; flattenedFields: FlattenedField[] }
  overrideAccess?: boolean
  req: PayloadRequest
}): void {
  const { data } = args as { data?: unknown }
  if (typeof data !== 'object' || data === null || (overrideAccess !== true && !isStaff({ req }))) return
  refuseOddValue({
    ...{ slug, flattenedFields, req, isEveryLocale: req.locale === 'all' },
    data: data as Record<string, unknown>,
  })
}

/** The same of values that come in beside a save. @throws 400 `wrong_type` with the field's name. */
export function refuseOddValue({
  slug,
  flattenedFields,
  data,
  isEveryLocale,
  req,
}: {
  slug: string
  flattenedFields: FlattenedField[]
  data: Record<string, unknown>
  isEveryLocale: boolean
  req: PayloadRequest
}): void {
  const odd = findOddValue({ fields: flattenedFields, data, isEveryLocale, idKind: idKindOf(req.payload) })
  if (!odd) return
  const name = labelOf({ owner: slug, path: odd.path, req }) ?? odd.path
  const { sv, en } = TEXTS[odd.expected]
  throw refuseField({
    req,
    code: 'wrong_type',
    collection: slug,
    path: odd.path,
    text: { sv: `${name}: ${sv}`, en: `${name}: ${en}` },
  })
}

const TEXTS: Record<Expected, Record<Locale, string>> = {
  text: { sv: 'ska vara text.', en: 'must be text.' },
  texts: { sv: 'ska vara en lista med texter.', en: 'must be a list of texts.' },
  number: { sv: 'ska vara ett tal.', en: 'must be a number.' },
  flag: { sv: 'ska vara true eller false.', en: 'must be true or false.' },
  date: {
    sv: 'ska vara en tidpunkt, till exempel 2026-11-30T16:55:00Z.',
    en: 'must be a time, for example 2026-11-30T16:55:00Z.',
  },
  choice: { sv: 'ska vara ett av valen, som text.', en: 'must be one of the choices, as text.' },
  choices: { sv: 'ska vara en lista med val.', en: 'must be a list of choices.' },
  id: { sv: 'ska vara ett id.', en: 'must be an id.' },
  ids: { sv: 'ska vara en lista med id:n.', en: 'must be a list of ids.' },
  rows: { sv: 'ska vara en lista.', en: 'must be a list.' },
  group: { sv: 'ska vara ett objekt med fält.', en: 'must be an object with fields.' },
  richText: {
    sv: 'ska vara en text ur redigeraren: ett objekt med root, children och type.',
    en: 'must be a text of the editor: an object with root, children and type.',
  },
}
