import type { Block } from '../../src/rich-text/model.ts'

/** The block of one kind. */
export type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>
