import type { ConsentKind } from '../newsletter/model.ts'

/** What makes a subscriber, and what ends it. Who changes an address neither joins nor leaves. */
export const JOINED = ['confirmed', 'imported', 'added', 'resumed'] as const satisfies ConsentKind[]
export const LEFT = ['withdrawn'] as const satisfies ConsentKind[]
