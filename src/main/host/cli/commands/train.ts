import { basename, join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { RunConfiguration } from '../../../../shared/config/runConfiguration'
import { applySetting } from '../../../../shared/config/settings'
import {
  type EngineChoice,
  type EngineWish,
  engineIds,
  engineWishes,
  type TrainRequest
} from '../../../../shared/contract/training'
import { KwiatError } from '../../../../shared/errors'
import { listCheckpoints } from '../../../checkpoints/listCheckpoints'
import { flowersName } from '../../../data/detectSource'
import { loadPreset, presetNames } from '../../../model/presets'
import { userFolders } from '../../../services/userFolders'
import { startFromWeights } from '../../../train/startFromWeights'
import type { TrainingOutcome } from '../../../trainer/owner'
import { commandLine } from '../commandLine'
import { createChooser } from '../engines'
import { findRun } from '../findRun'
import { collect, parseWhole } from '../options'
import { createJsonReporter, createProgressReporter } from '../output/reporter'
import { runTrainer } from '../runTrainer'

type NewRequest = Extract<TrainRequest, { kind: 'new' }>

interface OutputOptions {
  readonly json?: boolean
}

interface EngineOptions<Engine = EngineChoice['id']> extends OutputOptions {
  readonly engine?: Engine
  readonly threads?: number
}

interface TrainOptions extends EngineOptions<EngineWish['id']> {
  readonly preset: string
  readonly data: string
  readonly class?: readonly string[]
  readonly steps?: number
  readonly batch?: number
  readonly seed?: number
  readonly out?: string
  readonly weights?: string
  readonly set?: readonly string[]
}

const trainHelp = `
Examples:
  kwiat train --preset flowers-32 --data flowers
  kwiat train --preset chollet-32 --data cifar-10-binary.tar.gz --class frog --seed 1
  kwiat train --preset dcgan-64 --data photos/ --batch 64 --set data.flip=true --out runs

What the networks of a preset are, kwiat inspect shows. Settings are named as in a run's run.json, for example
  --set generatorOptimizer.learningRate=0.0002
  --set loss.kind=minimax --set loss.realTarget=0.9
  --set schedule.discriminatorSteps=2 --set schedule.emaDecay=0.99
  --set data.crop=pad --set data.flip=true
  --set output.checkpointEvery=1000 --set output.keepCheckpoints=3
  --set architecture.latentSize=64`

export const endHelp = `
Ctrl-C saves a checkpoint and says how to go on; a second Ctrl-C ends at once and loses what is not saved.
Exit codes: 0 done, or stopped and saved; 1 failed; 130 ended at once.

With --json each line of stdout is an object with "event": importing, prepared (the run's folder), step (step, kimg,
loss/d, loss/g, score/real, score/fake, seconds, secondsLeft), sample and checkpoint (path),
removed (steps of checkpoints that are no longer kept), and at the end finished
(reason: done, stopped or paused) or failed (code, message). Through npm, its own lines are left out by
  npm run --silent kwiat -- train … --json`

const resumeHelp = `
Examples:
  kwiat resume photos-1a2b3c
  kwiat resume runs/photos-1a2b3c --steps 20000

The run goes on as if it had never stopped: on the same engine with the same number of threads its weights become the
very same. A checkpoint that is broken is passed over for the one before it.`

/** Options of what computes and how it is told. */
export function addEngineOptions(command: Command, engineMeaning: string, engines: readonly string[]): Command {
  return command
    .addOption(new Option('--engine <engine>', engineMeaning).choices(engines))
    .option('--threads <count>', 'threads of one operator (default: one a core)', parseWhole(1, 256))
    .option('--json', 'tell what happens as one JSON object a line')
}

export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .description('Train a generator and a discriminator on pictures.')
    .requiredOption('--preset <preset>', `the networks and their settings: ${presetNames.join(', ')}`)
    .requiredOption('--data <path>', `a folder, zip, CIFAR or idx file of pictures, or "${flowersName}"`)
    .option('--class <class>', 'learn from this class only; may be given several times', collect)
    .option('--steps <count>', "iterations in all (default: the preset's)", parseWhole(1, 1e8))
    .option('--batch <count>', "real pictures in each update (default: the preset's)", parseWhole(1, 1024))
    .option('--seed <number>', 'same seed, same run (default: 0)', parseWhole(0, Number.MAX_SAFE_INTEGER))
    .option('--out <folder>', "folder in which the run's folder is made (default: where kwiat doctor says)")
    .option('--weights <file>', 'begin with the weights of a .safetensors, .keras or .h5 file')
    .option('--set <path=value>', 'any other setting; may be given several times', collect)
  addEngineOptions(command, 'what computes (default: auto, the fastest here by a short trial)', engineWishes)
    .addHelpText('after', `${trainHelp}\n${endHelp}`)
    .action(async (options: TrainOptions) => {
      await trainAndReport(await withWeights(await toRequest(options), options.weights), options)
    })
}

export function addResumeCommand(program: Command): void {
  const command = program
    .command('resume')
    .description('Go on with a run exactly where its newest whole checkpoint stands.')
    .argument('<run>', "the run's folder, or its name")
    .option('--steps <total>', 'iterations in all, those that are done included', parseWhole(1, 1e8))
  addEngineOptions(command, 'what computes (default: what the run began on)', engineIds)
    .addHelpText('after', `${resumeHelp}\n${endHelp}`)
    .action(async (run: string, options: EngineOptions & { readonly steps?: number }) => {
      const { engine, threads, steps } = options
      const request = {
        kind: 'resume' as const,
        run: resolve(await findRun(run)),
        ...(steps === undefined ? {} : { steps }),
        engine: { ...(engine === undefined ? {} : { id: engine }), ...(threads === undefined ? {} : { threads }) }
      }
      await trainAndReport(request, options)
    })
}

/** `path=value` of `--set`. */
function splitSetting(setting: string): readonly [string, string] {
  const at = setting.indexOf('=')
  if (at <= 0) {
    throw new KwiatError('usage', {
      who: '--set',
      expected: 'path.to.field=value',
      actual: setting,
      todo: 'write it as --set schedule.batchSize=64'
    })
  }
  return [setting.slice(0, at), setting.slice(at + 1)]
}

/** The configuration with what `--set` gave, in order. */
export const withSettings = (configuration: RunConfiguration, settings: readonly string[]): RunConfiguration =>
  settings.map(splitSetting).reduce((changed, [path, value]) => applySetting(changed, path, value), configuration)

function toConfiguration(options: TrainOptions): RunConfiguration {
  const shortcuts: readonly (readonly [string, string | undefined])[] = [
    ['schedule.steps', options.steps?.toString()],
    ['schedule.batchSize', options.batch?.toString()],
    ['schedule.seed', options.seed?.toString()],
    ['data.classes', options.class === undefined ? undefined : JSON.stringify(options.class)]
  ]
  const given = shortcuts.flatMap(([path, value]) => (value === undefined ? [] : [[path, value] as const]))
  const shortened = given.reduce(
    (configuration, [path, value]) => applySetting(configuration, path, value),
    loadPreset(options.preset)
  )
  return withSettings(shortened, options.set ?? [])
}

const archiveEnding = /\.(zip|tar|tgz|tar\.gz|bin|gz)$/i
const nameLength = 60

/** What a run is called: after its pictures and, where it learns from one class, after that: "cifar10-frog". */
export function nameRun(data: string, classes: readonly string[]): string {
  const pictures = basename(data).replace(archiveEnding, '') || 'run'
  const [only] = classes
  return (classes.length === 1 ? `${pictures}-${only}` : pictures).slice(0, nameLength)
}

async function toRequest(options: TrainOptions): Promise<NewRequest> {
  const configuration = toConfiguration(options)
  const { engine: id = 'auto', threads } = options
  const wish = { id, ...(threads === undefined ? {} : { threads }) }
  // Resuming must find the pictures from any folder.
  const data = options.data === flowersName ? flowersName : resolve(options.data)
  return {
    kind: 'new',
    configuration,
    data,
    runsFolder: resolve(options.out ?? userFolders().runs),
    name: nameRun(data, configuration.data.classes),
    engine: await createChooser().choose(wish, configuration)
  }
}

/** With a file of weights, the run is made first, and goes on from its step 0. */
async function withWeights(request: NewRequest, weights: string | undefined): Promise<TrainRequest> {
  if (weights === undefined) {
    return request
  }
  const { run, notices } = await startFromWeights({ ...request, weights: resolve(weights) })
  process.stderr.write(`${notices.join('\n')}\n`)
  return { kind: 'resume', run: run.folder, engine: request.engine }
}

function describeEnd(outcome: Extract<TrainingOutcome, { event: 'finished' }>): string {
  const { run, step, reason, problem } = outcome
  if (run === null) {
    return 'Stopped before training began; nothing was changed.'
  }
  const more = reason === 'done' ? ['--steps', `${2 * step}`] : []
  return [
    problem?.message ?? `${reason === 'done' ? 'Done' : 'Stopped'} after step ${step}; everything is saved.`,
    `Samples:  ${join(run, 'samples')}`,
    `Pictures: ${commandLine('generate', run, '--out', 'sheet.png')}`,
    `Go on:    ${commandLine('resume', run, ...more)}`
  ].join('\n')
}

/** The message, and what of the run is there to go on with. */
async function describeFailure({ message, run }: Extract<TrainingOutcome, { event: 'failed' }>): Promise<string> {
  const checkpoints = run === undefined ? [] : await listCheckpoints(run)
  const newest = checkpoints.find(({ status }) => status === 'complete')
  return run === undefined || newest === undefined
    ? message
    : `${message}\nSaved up to step ${newest.step}; go on: ${commandLine('resume', run)}`
}

/** Trains, reports what happens, and sets the exit code. */
export async function trainAndReport(request: TrainRequest, { json }: OutputOptions): Promise<void> {
  const outcome = await runTrainer(request, json ? createJsonReporter() : createProgressReporter())
  if (outcome.event === 'failed') {
    process.stderr.write(`${await describeFailure(outcome)}\n`)
    process.exitCode = 1
    return
  }
  const stream = json ? process.stderr : process.stdout
  stream.write(`${describeEnd(outcome)}\n`)
}
