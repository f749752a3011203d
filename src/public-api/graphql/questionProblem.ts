import type { SanitizedConfig } from 'payload'
import type { Problem } from '../problem.ts'
import { PUBLIC_SITE, publicFieldsOf } from '../publicFields.ts'
import { publicKindOf, sortProblem } from '../publicQuery.ts'
import { PUBLIC_BOUNDS, type IdKind } from '../readValue.ts'
import { staffKindOf, staffQueryProblem, versionKindOf } from '../staffQuery.ts'
import { isObject, whereProblem } from '../whereProblem.ts'
import type { RootField } from './rootFields.ts'

/**
 * Why the `where` or `sort` of a root field is refused, by the rules of REST; null for one that is answered. It is read
 * before the schema reads it: what is hidden and what is not there are refused in the same words.
 */
export function questionProblem({
  root: { asks, slug },
  given,
  isStaff,
  config,
  idKind,
}: {
  root: RootField
  given: Record<string, unknown>
  isStaff: boolean
  config: SanitizedConfig
  idKind: IdKind
}): Problem | null {
  const where = asRead(given.where)
  const { sort } = given
  if (isStaff) {
    if (asks === 'document' || asks === 'global') return null
    const of = { config, collection: slug }
    return staffQueryProblem({
      query: { sort, ...(where !== null && { where }) },
      kindOf: asks === 'versions' ? versionKindOf(of) : staffKindOf(of),
      idKind,
      isList: true,
    })
  }
  const fields = publicFieldsOf(slug) ?? PUBLIC_SITE
  return (
    whereProblem({ where, kindOf: publicKindOf(fields), idKind, bounds: PUBLIC_BOUNDS }) ??
    sortProblem({ value: sort, fields, where })
  )
}

/** As GraphQL hands it on: without what a variable leaves out, and one of a list as a list. */
function asRead(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asRead)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      inner === undefined ? [] : [[name, asRead(isGroup(name) && isObject(inner) ? [inner] : inner)]],
    ),
  )
}

const isGroup = (name: string) => /^(and|or)$/i.test(name)
