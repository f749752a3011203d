/** Problems whose text in Swedish points at the provider's own words, which are shown below it as they came. */
const WITH_PROVIDER_WORDS = ['call_refused']

export const hasProviderWords = (code: string): boolean => WITH_PROVIDER_WORDS.includes(code)
