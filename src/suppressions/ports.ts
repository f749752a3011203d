/** The provider's own list of addresses that it does not mail. */
export interface ProviderList {
  /**
   * Has an address on it, or not. Can be repeated.
   * @returns `done`, also when it was so before; `impossible` when no further try will help (the provider takes no such
   * address); `later` when it could not be done now, which says nothing of other addresses; `closed` when nothing can be
   * told at present (the key may not, too many calls, not reachable).
   * Never throws for what a provider or a network does.
   */
  tell: (change: {
    email: string
    what: 'suppress' | 'lift'
  }) => Promise<{ kind: 'done' } | { kind: 'impossible' | 'later' | 'closed'; code: string }>
}
