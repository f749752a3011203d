/** NIST SP 800-63B, 3.1.1.2: a length, no rules of composition, and a comparison with what is commonly used. */
export const MIN_PASSWORD_LENGTH = 12
/** A sentence has room; the check below grows with the length. */
export const MAX_PASSWORD_LENGTH = 128

export type PasswordProblem = 'short' | 'long' | 'common'

/** Words that are common in passwords here, besides the library's English lists; with and without å, ä and ö. */
const LOCAL_WORDS = [
  'utskick nyhetsbrev newsletter lösenord losenord hemlig hemligt välkommen valkommen sommar',
  'sommaren vinter vintern hösten hosten våren varen påsk midsommar julafton januari februari mars',
  'april juni juli augusti oktober måndag fredag lördag sverige svenska stockholm göteborg',
  'goteborg malmö malmo uppsala fotboll hockey hejsan hejhej älskar alskar älskling mamma pappa',
  'kontor konsult redaktör',
].flatMap((words) => words.split(' '))

/** The library's scale is 0 to 4: up to 1, at most a million guesses find it. */
const TOO_EASY = 1

/**
 * What is wrong with a new password; null when it may be used. Common is what the lists of leaked passwords hold, in any
 * case and in leetspeak, and what is made of a few such words, repetitions, sequences, rows of keys or dates.
 * @param about the user's own words (name, address): a password made of them is common too.
 */
export async function findPasswordProblem({
  password,
  about = [],
}: {
  password: string
  about?: string[]
}): Promise<PasswordProblem | null> {
  const { length } = [...password]
  if (length < MIN_PASSWORD_LENGTH) return 'short'
  if (length > MAX_PASSWORD_LENGTH) return 'long'
  const estimator = await loadEstimator()
  // Spaces around a common password make it no rarer.
  const scores = [password, password.trim()].map(
    (variant) => estimator.check(variant, [...LOCAL_WORDS, ...wordsOf(about)]).score,
  )
  return Math.min(...scores) <= TOO_EASY ? 'common' : null
}

/** Each text whole, and its words: `anna.berg@example.com` is four. */
const wordsOf = (texts: string[]): string[] =>
  texts
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2)
    .map((word) => word.slice(0, MAX_PASSWORD_LENGTH))

/** Its lists are two megabytes: loaded when the first password is set. */
const loadEstimator = () => (loading ??= makeEstimator())

let loading: ReturnType<typeof makeEstimator> | null = null

async function makeEstimator() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MAX_PASSWORD_LENGTH })
}
