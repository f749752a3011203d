import type { APIError, PayloadRequest } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import { refusal } from '../refusals/refusal.ts'

/** Why a query is refused: the parameter or field, and what to do. It depends on the question alone, never on data. */
export interface Problem {
  /** As a caller knows it: `limit`, `where[owner.email]`. */
  parameter: string
  text: Record<Locale, string>
}

const LONGEST_NAME = 80

/** Without control characters and halves of characters. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, '')

/** @param remedy a clause in each language, which the name begins. */
export function problem(name: string, remedy: Record<Locale, string>): Problem {
  const parameter = plain(name).slice(0, LONGEST_NAME)
  return { parameter, text: { sv: `${parameter}: ${remedy.sv}`, en: `${parameter}: ${remedy.en}` } }
}

/** The answer to it: 400. */
export const refuseQuery = (
  { parameter, text }: Problem,
  req?: Pick<PayloadRequest, 'i18n'> | undefined,
): APIError => refusal({ req, code: 'query_invalid', status: 400, text, data: { parameter } })
