import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const hasProc = existsSync('/proc/self/stat')
/** What Linux counts CPU time in for everybody, whatever the machine's own clock (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100

/** Seconds of all processors that these processes have used so far; what has ended counts no more. */
export const cpuSecondsOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + (hasProc ? procCpu(pid) : psCpu(pid)), 0)

/**
 * The most memory that a process has held so far, or since forgetPeakOf, in MB. Where the system does not keep it (without /proc) it is what
 * the process holds now: whoever asks often gets close to it.
 */
export function peakMemoryOf(pid: number): number {
  if (!hasProc) return Number(ps(['-o', 'rss=', '-p', String(pid)])) / 1024
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`)) ?? []
  return Number(kilobytes ?? 0) / 1024
}

/** From now on peakMemoryOf speaks of what comes after (proc(5), clear_refs); without /proc it always does. */
export function forgetPeakOf(pid: number): void {
  if (hasProc) writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** The processes that this one has started, and those that they have. */
export function descendantsOf(pid: number): number[] {
  const parents = hasProc ? procParents() : psParents()
  const below = (parent: number): number[] =>
    parents.flatMap((each) => (each.parent === parent ? [each.pid, ...below(each.pid)] : []))
  return below(pid)
}

/** The fields of /proc/<pid>/stat from the third on: what is before may hold spaces. */
const statOf = (pid: number) => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []

function procCpu(pid: number): number {
  const fields = statOf(pid)
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND
}

const procParents = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(statOf(Number(name))[1] ?? -1) }))

/** `[[days-]hours:]minutes:seconds` */
function psCpu(pid: number): number {
  const [time = '', days = '0'] = ps(['-o', 'time=', '-p', String(pid)])
    .split('-')
    .reverse()
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400
}

const psParents = () =>
  ps(['-A', '-o', 'pid=,ppid='])
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = -1, parent = -1]) => ({ pid, parent }))

function ps(args: string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8' }).trim()
  } catch {
    return '0'
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
