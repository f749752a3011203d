import type { Place } from './model.ts'

/** One node of the editor's tree as the database holds it: nothing about it is certain. */
export type StoredNode = Record<string, unknown>

export const isNode = (value: unknown): value is StoredNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const childrenOf = ({ children }: StoredNode): StoredNode[] =>
  Array.isArray(children) ? children.filter(isNode) : []

export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** How far a reader has come: what it resolves addresses against, and how deep it is in the tree. */
export interface Position {
  place: Place
  depth: number
}

/** Deeper than anybody writes, and far from what the stack holds: what is below is left out. */
const DEEPEST = 60

export const deeper = ({ place, depth }: Position): Position => ({ place, depth: depth + 1 })
export const isTooDeep = ({ depth }: Position): boolean => depth > DEEPEST

/** The words of a node and of what is below it, in one line. */
export const wordsOf = (node: StoredNode, depth = 0): string =>
  depth > DEEPEST
    ? ''
    : stringOf(node.text) +
      childrenOf(node)
        .map((child) => wordsOf(child, depth + 1))
        .join('')
