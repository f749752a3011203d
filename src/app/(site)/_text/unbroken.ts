/** A masked address that stays on one line: after “…” a browser would break it. */
export const unbroken = (maskedEmail: string): string => maskedEmail.replace('…', '…\u2060')
