import type { Problem } from '../../../newsletter/model.ts'

/** What staff read about their SMTP server, with what to do. Codes only: replies may quote addresses. */
export const unreachable = (code: string): Problem => ({
  code: 'unreachable',
  message: `The SMTP server cannot be reached (${code}). See that it runs and that SMTP_URL is right. It goes on by itself then.`,
})
export const busy = (reply: string): Problem => ({
  code: 'server_busy',
  message: `The SMTP server does not take mail just now (${reply}). It is tried again.`,
})
/** @param words the server's own, without addresses */
export const comeLater = (words: string): Problem => ({
  code: 'recipient_postponed',
  message: `The recipient’s server asks to come later: ${words}`,
})
export const loginRefused = (reply: string): Problem => ({
  code: 'key_refused',
  message: `The SMTP server refuses the login (${reply}). Put the right user and password into SMTP_URL.`,
})
export const senderRefused = (reply: string): Problem => ({
  code: 'sender_refused',
  message: `The SMTP server does not take mail from the sender address in the site’s settings (${reply}). Allow that address there, or choose another.`,
})
export const relayRefused = (reply: string): Problem => ({
  code: 'relay_refused',
  message: `The SMTP server does not pass mail on for us (${reply}). Put a user and a password into SMTP_URL, or allow this machine on the server.`,
})
export const quotaUsed = (reply: string): Problem => ({
  code: 'quota_exceeded',
  message: `The SMTP server takes no more mail from this account for now (${reply}). Raise its quota, or wait.`,
})
export const serverRefuses = (reply: string): Problem => ({
  code: 'call_refused',
  message: `The SMTP server refuses to talk to us (${reply}). Look at its log.`,
})
export const notSecure = (code: string): Problem => ({
  code: 'connection_not_secure',
  message: `No safe connection to the SMTP server (${code}). Mend its certificate, or choose between smtp:// and smtps:// in SMTP_URL. A user and a password go over TLS only, unless SMTP_URL ends in ?requireTLS=false.`,
})
