import { Action } from '../_components/Action.tsx'
import type { BlockOf } from './blockOf.ts'
import type { Look } from './look.ts'

export function Button({ block: { label, url }, look }: { block: BlockOf<'button'>; look: Look }) {
  return <Action label={label} url={url} colors={look.colors} />
}
