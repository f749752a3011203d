import { withPayload } from '@payloadcms/next/withPayload'
import type { NextConfig } from 'next'

const nextConfig: NextConfig = {
  poweredByHeader: false,
  // eslint and tsc run in `npm run check`.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ['@libsql/client', 'libsql', 'mongodb', 'mongoose', 'nodemailer', 'sharp'],
}

export default withPayload(nextConfig, { devBundleServerPackages: false })
