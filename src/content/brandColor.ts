/** Of a site that has chosen none. */
export const BRAND_COLOR = '#1f5f4a'
