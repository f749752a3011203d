export const HTML = 'text/html; charset=utf-8'

/**
 * What a page may do: show images and its stylesheet, send its forms to us, be framed by the admin beside it. No page
 * that shows what is published runs a script, so an article cannot bring one.
 */
export const pageHeaders = ({ hasScript }: { hasScript: boolean }): Record<string, string> => ({
  'Content-Type': HTML,
  'Content-Security-Policy': [
    "default-src 'none'",
    'img-src * data:',
    "style-src 'self' 'unsafe-inline'",
    ...(hasScript ? ["script-src 'self'", "connect-src 'self'"] : []),
    "form-action 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
})
