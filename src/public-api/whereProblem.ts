import { problem, type Problem } from './problem.ts'
import {
  hasOperator,
  isSearch,
  valueProblem,
  type FieldKind,
  type IdKind,
  type QueryBounds,
} from './readValue.ts'

/** What a question may ask for: the kind of a field by its path, `unknown` for a path that is refused. */
export type KindOf = (path: string) => FieldKind | 'unknown'

const DEEPEST = 8

/**
 * Why a `where` is refused; null for one that both databases answer. It reads the question alone, so that the answer
 * is the same whether or not something hidden would match.
 * @param asked.where as it came in: anything.
 */
export function whereProblem(asked: {
  where: unknown
  kindOf: KindOf
  idKind: IdKind
  bounds: QueryBounds
}): Problem | null {
  const { where, bounds } = asked
  if (where === undefined || where === null) return null
  const counts = { conditions: 0, searches: 0, onTranslated: 0 }
  const found = groupProblem({ ...asked, group: where, counts, depth: 0 })
  if (found) return found
  if (counts.conditions > bounds.conditions)
    return problem('where', {
      sv: `högst ${bounds.conditions} villkor.`,
      en: `at most ${bounds.conditions} conditions.`,
    })
  if (counts.onTranslated > bounds.onTranslated)
    return problem('where', {
      sv: `högst ${bounds.onTranslated} villkor på rubrik och ingress, utöver sökningar.`,
      en: `at most ${bounds.onTranslated} conditions on title and excerpt, beside searches.`,
    })
  if (counts.searches + Math.min(counts.onTranslated, 1) > bounds.searches)
    return problem('where', {
      sv: `högst ${bounds.searches} sökningar (like, contains, ämnen, skribenter; alla andra villkor på rubrik och ingress är en).`,
      en: `at most ${bounds.searches} searches (like, contains, topics, authors; all other conditions on title and excerpt are one).`,
    })
  return null
}

interface Step {
  kindOf: KindOf
  idKind: IdKind
  bounds: QueryBounds
  counts: { conditions: number; searches: number; onTranslated: number }
  depth: number
}

function groupProblem({ group, ...step }: Step & { group: unknown }): Problem | null {
  if (!isObject(group) || step.depth > DEEPEST) return problem('where', NO_QUERY)
  for (const [key, value] of Object.entries(group)) {
    const found = /^(and|or)$/i.test(key)
      ? listProblem({ ...step, key, list: value })
      : fieldProblem({ ...step, path: key.replaceAll('__', '.'), operators: value })
    if (found) return found
  }
  return null
}

function listProblem({ key, list, ...step }: Step & { key: string; list: unknown }): Problem | null {
  if (list === undefined || list === null || list === '') return null
  if (!Array.isArray(list)) return problem(`where[${key}]`, NO_QUERY)
  for (const group of list) {
    const found = groupProblem({ ...step, group, depth: step.depth + 1 })
    if (found) return found
  }
  return null
}

function fieldProblem({
  path,
  operators,
  ...step
}: Step & { path: string; operators: unknown }): Problem | null {
  const name = `where[${path}]`
  const kind = step.kindOf(path)
  if (kind === 'unknown')
    return problem(name, {
      sv: 'det fältet går inte att filtrera på.',
      en: 'that is no field to filter by.',
    })
  if (!isObject(operators) || Object.keys(operators).length === 0)
    return problem(name, {
      sv: `skriv operatorn efter fältet, som ${name}[equals]=.`,
      en: `write the operator after the field, as ${name}[equals]=.`,
    })
  for (const [operator, value] of Object.entries(operators)) {
    // GraphQL hands on what was left out.
    if (value === undefined) continue
    step.counts.conditions += 1
    if (isSearch(kind, operator)) step.counts.searches += 1
    else if (kind === 'translated') step.counts.onTranslated += 1
    if (!hasOperator(kind, operator))
      return problem(`${name}[${operator}]`, {
        sv: 'den operatorn finns inte för det fältet.',
        en: 'that field has no such operator.',
      })
    const text = valueProblem({ kind, operator, value, idKind: step.idKind, bounds: step.bounds })
    if (text) return problem(`${name}[${operator}]`, text)
  }
  return null
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const NO_QUERY = {
  sv: 'det är ingen fråga. Skriv where[fält][operator]=värde.',
  en: 'that is no query. Write where[field][operator]=value.',
}
