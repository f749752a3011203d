/**
 * The newest save of a document. A save writes several rows, each at a later millisecond than the one before: together they
 * are what distinguishes it from every other save.
 */
export interface LastSave {
  /** Milliseconds since 1970. */
  from: number
  to: number
  /** The user; null for a save of the program itself. */
  by: string | null
}

/** Who may save which document now. Each step is one conditional write. */
export interface SaveTurns {
  /** @returns null while somebody else has the turn. */
  take: (turn: {
    document: string
    holder: string
    now: number
    until: number
  }) => Promise<{ lastSave: LastSave | null } | null>
  /**
   * Notes the save and runs the write, while the turn is still the holder's.
   * @returns null when it is not any more: nothing is written.
   */
  during: <Result>(
    turn: { document: string; holder: string; until: number; save: LastSave },
    write: () => Promise<Result>,
  ) => Promise<{ result: Result } | null>
  /** Lets the next one save. */
  release: (turn: { document: string; holder: string }) => Promise<void>
  /** For a document that is gone. */
  forget: (document: string) => Promise<void>
}
