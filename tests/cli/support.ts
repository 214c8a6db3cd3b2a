import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, expect, inject } from 'vitest'
import { trainingEventSchema } from '../../src/shared/contract/training'
import { tinyArchitecture } from '../model/tinyArchitecture'
import { writePictures } from '../train/support/sessions'

/** The built command line. */
export const cli = join(inject('mainFolder'), 'cli.cjs')

const running = new Set<ChildProcess>()

/** What a test that failed left running. */
afterEach(() => {
  running.forEach(killGroup)
  running.clear()
})

export interface CliOptions {
  /** KWIAT_HOME. */
  readonly home: string
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** How a command ended, and all that it wrote. */
export interface CliResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A running command. */
export interface RunningCli {
  readonly child: ChildProcess
  /** The first line of stdout or stderr that matches; fails when the command ends without one. */
  lineThat(matches: RegExp): Promise<string>
  /** Waits for the trainer too, which holds stderr open as long as it lives. */
  readonly result: Promise<CliResult>
}

/** Starts a command as a terminal does: leader of a process group of its own. */
export function startCli(args: readonly string[], { home, cwd, environment }: CliOptions): RunningCli {
  const child = spawn(process.execPath, [cli, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
    // The tests may themselves be run by one of npm's scripts.
    env: { ...process.env, npm_lifecycle_event: '', KWIAT_HOME: home, ...environment }
  })
  running.add(child)
  const written = { stdout: '', stderr: '' }
  const lines: string[] = []
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      written[name] += chunk.toString()
    })
    createInterface({ input: child[name] }).on('line', (line) => {
      lines.push(line)
      for (const listener of listeners) {
        listener()
      }
    })
  }
  const result = once(child, 'close').then(([code, signal]) => ({ code, signal, ...written }))
  const lineThat = (matches: RegExp) =>
    new Promise<string>((resolveLine, reject) => {
      const look = () => {
        const found = lines.find((line) => matches.test(line))
        if (found !== undefined) {
          listeners.delete(look)
          resolveLine(found)
        }
      }
      listeners.add(look)
      look()
      void result.then(() => reject(new Error(`expected a line like ${matches}, got\n${lines.join('\n')}`)))
    })
  return { child, lineThat, result }
}

/** Runs a command to its end. */
export const runCli = (args: readonly string[], options: CliOptions): Promise<CliResult> =>
  startCli(args, options).result

/** Sends a signal to the command and all processes that it started, as a terminal does. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  process.kill(-child.pid!, signal)
}

/** Does nothing when all of them are gone. */
function killGroup(child: ChildProcess): void {
  try {
    signalGroup(child, 'SIGKILL')
  } catch {
    // ESRCH: nobody is left, which is what is wanted.
  }
}

/** The events on stdout, each checked against the contract; anything else there is a failure. */
export const eventsIn = ({ stdout }: Pick<CliResult, 'stdout'>) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => trainingEventSchema.parse(JSON.parse(line)))

/** Arguments that shrink a preset to a few hundred weights for grey pictures of 16 × 16. */
const tinyNetworks = ['--set', `architecture=${JSON.stringify(tinyArchitecture())}`, '--batch', '4', '--threads', '1']

/** `kwiat train` of tiny networks. */
export const trainTiny = (data: string, ...more: string[]): string[] => [
  'train',
  '--preset',
  'flowers-32',
  '--data',
  data,
  ...tinyNetworks,
  ...more
]

/** What is on stderr, without the progress that comes before an end. */
export const withoutProgress = (stderr: string): string => stderr.replace(/^Importing .*\n/gm, '')

/** Expects one sentence on stderr that names `who` and says what to do, nothing on stdout, and exit code 1. */
export function expectSentence({ code, stdout, stderr }: CliResult, pattern: RegExp): void {
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(pattern) })
  expect(withoutProgress(stderr)).toMatch(/^[^\n]+: expected [^\n]+, got [^\n]+; [^\n]+\.\n$/)
}

/** Trains a tiny run of two steps on ten pictures, with a checkpoint of each. */
export async function trainedRun(home: string): Promise<{ readonly data: string; readonly run: string }> {
  const data = await writePictures(join(home, 'data'), 10)
  const runs = join(home, 'runs')
  const args = trainTiny(data, '--steps', '2', '--set', 'output.checkpointEvery=1', '--out', runs)
  expect(await runCli(args, { home })).toMatchObject({ code: 0 })
  return { data, run: await onlyRun(runs) }
}

/** A folder for all tests of a file, removed after them. */
export async function sharedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kwiat-cli-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The folder of the only run in a folder of runs. */
export async function onlyRun(runsFolder: string): Promise<string> {
  const [name, ...others] = await readdir(runsFolder)
  expect(others).toEqual([])
  return join(runsFolder, name!)
}
