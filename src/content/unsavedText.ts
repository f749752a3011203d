import type { PayloadRequest } from 'payload'
import type { UnsavedText } from '../newsletter/ports.ts'

const UNSAVED = 'unsavedText'

interface Held extends UnsavedText {
  id: number | string
}

/** The context in which one article is read with what stands unsaved in somebody's form. Only our own code gives one. */
export const withUnsaved = (held: Held) => ({ [UNSAVED]: held })

/**
 * A document as the database gave it, with every language of its localised fields, and in it what is unsaved of it
 * (withUnsaved). Payload then reads it on as a saved one. Nothing is written.
 */
export function showUnsaved<Doc extends Record<string, unknown>>(
  doc: Doc,
  { context }: Pick<PayloadRequest, 'context'>,
): Doc {
  const held = context[UNSAVED] as Held | undefined
  if (!held || String(doc.id) !== String(held.id)) return doc
  return { ...doc, ...merge(doc, held) }
}

const LOCALISED = new Set(['title', 'excerpt', 'content', 'subject', 'preheader'])

/** Groups are filled in field by field: the rest of a group stays as it is saved. */
function merge(
  doc: Record<string, unknown>,
  { locale, values }: Pick<Held, 'locale' | 'values'>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const saved = isRecord(doc[name]) ? doc[name] : {}
      if (LOCALISED.has(name)) return [name, { ...saved, [locale]: value }]
      return [name, isRecord(value) ? { ...saved, ...merge(saved, { locale, values: value }) } : value]
    }),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
