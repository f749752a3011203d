import { existsSync } from 'node:fs'

/** By the package that brings it. */
const PROGRAMS = {
  postfix: '/usr/sbin/postfix',
  postgrey: '/usr/sbin/postgrey',
  'dovecot-core': '/usr/sbin/dovecot',
}

/**
 * The mail servers of Debian that some tests run for themselves, which only root may start.
 * @returns {string | null} what to do when they cannot; null when they can
 */
export function missingMailServers() {
  const missing = Object.entries(PROGRAMS).flatMap(([name, path]) => (existsSync(path) ? [] : [name]))
  if (missing.length > 0) return `apt-get install ${missing.join(' ')}`
  return process.getuid?.() === 0 ? null : 'run as root'
}
