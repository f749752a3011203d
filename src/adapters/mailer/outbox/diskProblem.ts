import type { Problem } from '../../../newsletter/model.ts'

/** Whether the operating system refused something, as opposed to a mistake of ours. */
export const isOfTheSystem = (error: unknown): error is { code: string } =>
  typeof error === 'object' &&
  error !== null &&
  'syscall' in error &&
  'code' in error &&
  typeof error.code === 'string'

/** What staff read when the outbox cannot be written. */
export const diskProblem = ({
  error,
  directory,
}: {
  error: { code: string }
  directory: string
}): Problem => ({
  code: 'outbox_not_writable',
  message: [
    `The outbox ${directory} cannot be written (${error.code}).`,
    REMEDIES[error.code] ?? 'See to that folder.',
    'It goes on by itself then.',
  ].join(' '),
})

const PERMISSION = 'Let the account that runs Utskick write there.'
const REMEDIES: Record<string, string> = {
  ENOSPC: 'The disk is full: make room on it.',
  EDQUOT: 'The disk quota is used up: make room.',
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EROFS: 'The disk is read-only: set DATA_DIR to one that can be written.',
  ENOTDIR: 'Something on the way to it is a file: move that away, or set DATA_DIR to another folder.',
  EEXIST: 'A file stands in its place: move that away, or set DATA_DIR to another folder.',
  EMFILE: 'Too many files are open: raise the limit of open files.',
}
