import { withPayload } from '@payloadcms/next/withPayload'
import type { NextConfig } from 'next'

/** The admin is framed by nobody, and no answer is taken for what it does not say it is. Pages of the site set their own. */
const SECURITY_HEADERS = [
  { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
]

const nextConfig: NextConfig = {
  poweredByHeader: false,
  // eslint and tsc run in `npm run check`.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ['@libsql/client', 'libsql', 'mongodb', 'mongoose', 'nodemailer', 'sharp'],
  headers: async () =>
    ['/admin/:path*', '/api/:path*'].map((source) => ({ source, headers: SECURITY_HEADERS })),
}

export default withPayload(nextConfig, { devBundleServerPackages: false })
