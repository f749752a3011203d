import { withPayload } from '@payloadcms/next/withPayload'
import type { NextConfig } from 'next'

/** The admin is framed by nobody, and no answer is taken for what it does not say it is. Pages of the site set their own. */
const SECURITY_HEADERS = [
  { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
]

/**
 * What runs on the server alone and brings no React along: one copy for all routes, and for the build nothing to do. Bundled,
 * each route got a copy of its own.
 */
const LOADED_FROM_NODE_MODULES = [
  ...[
    'payload',
    '@payloadcms/db-mongodb',
    '@payloadcms/db-sqlite',
    '@payloadcms/drizzle',
    '@payloadcms/graphql',
  ],
  ...['@payloadcms/translations', 'drizzle-kit', 'graphql', 'mongodb', 'mongoose'],
  ...['@libsql/client', 'libsql', 'any-ascii', 'csv-parse', 'nodemailer', 'sharp', 'tldts'],
]

const nextConfig: NextConfig = {
  poweredByHeader: false,
  // eslint and tsc run in `npm run check`.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // No source maps: nothing reads them, and they take a third of the build. A cache on disk helps who builds often alone.
  experimental: {
    turbopackSourceMaps: false,
    turbopackInputSourceMaps: false,
    turbopackFileSystemCacheForBuild: !process.env.CI,
  },
  serverExternalPackages: LOADED_FROM_NODE_MODULES,
  headers: async () =>
    ['/admin/:path*', '/api/:path*'].map((source) => ({ source, headers: SECURITY_HEADERS })),
}

export default withPayload(nextConfig, { devBundleServerPackages: false })
