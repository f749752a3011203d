/** The codes under which staff and scripts find why a campaign does not go on. A code never changes its meaning. */
export const ARTICLE_UNPUBLISHED = 'article_unpublished'
export const SITE_INCOMPLETE = 'site_incomplete'
export const RENDER_FAILED = 'render_failed'
