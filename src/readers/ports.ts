import type { Id } from '../newsletter/model.ts'

/** What the campaigns keep of a person; src/adapters/erasing has it for each database. */
export interface PersonalDeliveries {
  /**
   * Takes the person out of their deliveries: the rows stay, with status and reason, so that the numbers do too. To be
   * called when the subscriber is gone for good, since only then nobody begins to mail them. A delivery of a batch whose
   * bytes are fixed keeps everything until the batch is settled: a repeat of the call must make the same bytes.
   * Can be repeated and cut off anywhere.
   * @returns whether nothing of them is left, and nothing can come.
   */
  erase: (subscriberId: Id) => Promise<boolean>
}
