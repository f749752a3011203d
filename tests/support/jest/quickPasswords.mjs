import crypto from 'node:crypto'

/**
 * Payload hashes a password in 600,000 rounds, a third of a second of work, and nearly every file here makes users and
 * logs them in. Tests that start no server hash in one round; nothing else is different. Node keeps its modules for all
 * files of a worker, so this is done once.
 */
const hash = crypto.pbkdf2
if (hash.name !== 'quickHash')
  crypto.pbkdf2 = function quickHash(password, salt, rounds, ...rest) {
    return hash(password, salt, 1, ...rest)
  }
