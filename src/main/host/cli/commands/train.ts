import { basename, extname } from 'node:path'
import { type Command, Option } from 'commander'
import type { RunConfiguration } from '../../../../shared/config/runConfiguration'
import { applySetting } from '../../../../shared/config/settings'
import { type EngineChoice, engineIds, type TrainRequest } from '../../../../shared/contract/training'
import { KwiatError } from '../../../../shared/errors'
import { loadPreset, presetNames } from '../../../model/presets'
import { userFolders } from '../../../services/userFolders'
import type { TrainingOutcome } from '../../../trainer/owner'
import { parseWhole } from '../options'
import { createProgressPrinter, printJsonLine } from '../output/progress'
import { runTrainer } from '../runTrainer'

interface EngineOptions {
  readonly engine: EngineChoice['id']
  readonly threads?: number
  readonly json?: boolean
}

interface TrainOptions extends EngineOptions {
  readonly preset: string
  readonly data: string
  readonly class?: readonly string[]
  readonly steps?: number
  readonly batch?: number
  readonly seed?: number
  readonly out?: string
  readonly set: readonly string[]
}

const settingsHelp = `
Settings are named as in the run's run.json, for example
  --set generatorOptimizer.learningRate=0.0002
  --set loss.kind=minimax --set loss.realTarget=0.9
  --set schedule.discriminatorSteps=2 --set schedule.emaDecay=0.99
  --set data.crop=pad --set data.flip=true
  --set output.checkpointEvery=1000 --set output.keepCheckpoints=3
  --set architecture.discriminator.9.rate=0.2

Ctrl-C saves a checkpoint and says how to go on; a second Ctrl-C ends at once.
With --json each line of stdout is an object with "event": importing, prepared, step (step, kimg, loss/d, loss/g,
score/real, score/fake, seconds), sample, checkpoint, and at the end finished or failed.`

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value]

function withEngineOptions(command: Command): Command {
  return command
    .addOption(new Option('--engine <engine>', 'what computes').choices(engineIds).default('cpu'))
    .option('--threads <count>', 'threads of one operator (default: one a core)', parseWhole('--threads', 1, 256))
    .option('--json', 'tell what happens as one JSON object a line')
}

export function addTrainCommand(program: Command): void {
  withEngineOptions(
    program
      .command('train')
      .description('Train a generator and a discriminator on pictures.')
      .requiredOption('--preset <preset>', `the networks and their settings: ${presetNames.join(', ')}`)
      .requiredOption('--data <path>', 'a folder, zip, CIFAR or idx file of pictures, or "flowers"')
      .option('--class <class>', 'learn from this class only; may be given several times', collect)
      .option('--steps <count>', 'iterations in all', parseWhole('--steps', 1, 1e8))
      .option('--batch <count>', 'real pictures in each update', parseWhole('--batch', 1, 1024))
      .option('--seed <number>', 'same seed, same run', parseWhole('--seed', 0, Number.MAX_SAFE_INTEGER))
      .option('--out <folder>', "folder in which the run's folder is made")
      .option('--set <path=value>', 'any other setting; may be given several times', collect, [])
  )
    .addHelpText('after', settingsHelp)
    .action(async (options: TrainOptions) => {
      await trainAndReport(toRequest(options), options)
    })
}

export function addResumeCommand(program: Command): void {
  withEngineOptions(
    program
      .command('resume')
      .description('Go on with a run exactly where its newest whole checkpoint stands.')
      .argument('<run>', "the run's folder")
      .option('--steps <total>', 'iterations in all, those that are done included', parseWhole('--steps', 1, 1e8))
  ).action(async (run: string, options: EngineOptions & { readonly steps?: number }) => {
    const steps = options.steps === undefined ? {} : { steps: options.steps }
    await trainAndReport({ kind: 'resume', run, ...steps, engine: toEngine(options) }, options)
  })
}

const toEngine = ({ engine, threads }: EngineOptions): EngineChoice =>
  threads === undefined ? { id: engine } : { id: engine, threads }

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

function toConfiguration(options: TrainOptions): RunConfiguration {
  const shortcuts: readonly (readonly [string, string | undefined])[] = [
    ['schedule.steps', options.steps?.toString()],
    ['schedule.batchSize', options.batch?.toString()],
    ['schedule.seed', options.seed?.toString()],
    ['data.classes', options.class === undefined ? undefined : JSON.stringify(options.class)]
  ]
  const given = shortcuts.flatMap(([path, value]) => (value === undefined ? [] : [[path, value] as const]))
  return [...given, ...options.set.map(splitSetting)].reduce(
    (configuration, [path, value]) => applySetting(configuration, path, value),
    loadPreset(options.preset)
  )
}

function toRequest(options: TrainOptions): TrainRequest {
  const { data } = options
  return {
    kind: 'new',
    configuration: toConfiguration(options),
    data,
    runsFolder: options.out ?? userFolders().runs,
    name: basename(data, extname(data)) || 'run',
    engine: toEngine(options)
  }
}

/** What to say when a session is over. */
function describeOutcome(outcome: TrainingOutcome): string {
  if (outcome.event === 'failed') {
    return outcome.message
  }
  if (outcome.run === '') {
    return 'Stopped before a run was made.'
  }
  const again = outcome.reason === 'done' ? ` --steps ${2 * outcome.step}` : ''
  return [
    `${outcome.reason === 'done' ? 'Done' : 'Stopped'} after step ${outcome.step}; everything is saved.`,
    `Pictures: ${outcome.run}/samples`,
    `Go on:    kwiat resume ${outcome.run}${again}`
  ].join('\n')
}

/** Trains, prints what happens, and sets the exit code. */
export async function trainAndReport(request: TrainRequest, { json }: { readonly json?: boolean }): Promise<void> {
  const outcome = await runTrainer(request, json ? printJsonLine : createProgressPrinter())
  if (!json || outcome.event === 'failed') {
    process.stderr.write(`${describeOutcome(outcome)}\n`)
  }
  process.exitCode = outcome.event === 'failed' ? 1 : 0
}
