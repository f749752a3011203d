/** Whether an address without a scheme is a telephone number: it begins with +, 0 or (0 and has at least six digits. */
export const readsAsPhoneNumber = (url: string): boolean =>
  /^\(?[+0][\d\s()./–-]*$/.test(url) && url.replace(/\D/g, '').length >= 6

/**
 * @param written what stands behind `tel:` or `sms:`, with spaces, brackets and hyphens as people write numbers.
 * @returns the whole address (RFC 3966, RFC 5724), its number without spaces; null when that is none.
 */
export function phoneUrl(scheme: 'tel' | 'sms', written: string): string | null {
  const [, digits = '', parameters = ''] = /^([^;?]*)([;?].*)?$/s.exec(written) ?? []
  const number = digits
    // "+46 (0)8": the zero is not dialled from abroad.
    .replace(/^(\s*\+\d{1,3}\s*)\(0\)/, '$1')
    .replace(/[\s/]+/g, '')
    .replace(/[–‐‑]/g, '-')
  return /^\+?[\d*#().-]+$/.test(number) && /\d{2}/.test(number.replace(/\D/g, ''))
    ? `${scheme}:${number}${parameters.trim()}`
    : null
}
