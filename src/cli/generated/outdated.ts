/** A generated file that is not what it would be now. */
export interface Outdated {
  /** From the project's root. */
  file: string
  /** What is wrong with it, after its name. */
  difference: string
  /** The command that makes it anew. */
  remedy: string
}
