import { SEARCHES } from './readValue.ts'
import { isObject } from './whereProblem.ts'

/** A list that is longer than this, or further on than this page, is dear. */
const SHORT_LIST = 25
const NEAR_PAGE = 50

/** Of a query that keeps its bounds. */
export function isDear({ limit, page, sort, where }: Record<string, unknown>): boolean {
  return (
    Number(limit ?? 0) > SHORT_LIST ||
    Number(page ?? 1) > NEAR_PAGE ||
    [sort].flat().some((each) => typeof each === 'string' && each.split(',').some(isUnindexed)) ||
    asksAllRows(where)
  )
}

/** Of every public collection. */
const INDEXED = /^-?(id|slug|publishedAt|_status|createdAt|updatedAt)$/

const isUnindexed = (sort: string): boolean => sort.trim() !== '' && !INDEXED.test(sort.trim())

/** Whether a filter has to look at more than what an index names. */
export function asksAllRows(where: unknown): boolean {
  if (Array.isArray(where)) return where.some(asksAllRows)
  if (!isObject(where)) return false
  return Object.entries(where).some(([path, value]) =>
    /^(and|or)$/i.test(path)
      ? asksAllRows(value)
      : !INDEXED.test(path) || (isObject(value) && Object.keys(value).some((name) => isSearch(name))),
  )
}

const isSearch = (operator: string): boolean => SEARCHES.includes(operator) || operator.startsWith('not')
