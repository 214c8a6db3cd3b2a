import { readdirSync, readFileSync } from 'node:fs'

interface RunningProcess {
  readonly id: number
  readonly parent: number
  /** Its command line, arguments separated by blanks. */
  readonly command: string
}

/** What Linux tells of a process; null when it has ended meanwhile, or is only waited for. */
function readProcess(id: number): RunningProcess | null {
  try {
    // The name stands in parentheses and may hold any character; state and parent follow.
    const [state, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return state === 'Z' ? null : { id, parent: Number(parent), command }
  } catch {
    return null
  }
}

const allProcesses = (): readonly RunningProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== null)

/** The processes that `id` started, and those that they started. */
export function descendantsOf(id: number): readonly RunningProcess[] {
  const all = allProcesses()
  const below = (parent: number): readonly RunningProcess[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.id)])
  return below(id)
}

/** Which of these processes still run. A number that the system gave to another program meanwhile doesn't count. */
export const stillRunning = (processes: readonly RunningProcess[]): readonly RunningProcess[] =>
  processes.filter(({ id, command }) => readProcess(id)?.command === command)
