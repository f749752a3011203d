/** A provider's own words without what they may quote: addresses and keys. At most 200 characters. */
export const withoutSecrets = (words: string): string =>
  words
    .replace(/[^\s<>"'`(),;:]+@[^\s<>"'`(),;:]+/g, '…@…')
    .replace(/\b(re|whsec)_\w+/g, '$1_…')
    .slice(0, 200)
