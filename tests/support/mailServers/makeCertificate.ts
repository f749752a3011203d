import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A certificate for 127.0.0.1 that nobody else vouches for, and what makes a postfix offer STARTTLS with it. */
export async function makeCertificate(): Promise<{
  settings: Record<string, string>
  pem: string
  stop: () => Promise<void>
}> {
  const folder = mkdtempSync('/tmp/ct-')
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name)) as [
    string,
    string,
  ]
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
  ])
  return {
    settings: {
      smtpd_tls_security_level: 'may',
      smtpd_tls_cert_file: certificate,
      smtpd_tls_key_file: key,
    },
    pem: readFileSync(certificate, 'utf8'),
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
