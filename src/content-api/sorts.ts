export const SORTS = ['-publishedAt', 'publishedAt', '-updatedAt', 'updatedAt'] as const
export type Sort = (typeof SORTS)[number]
