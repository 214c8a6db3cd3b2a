import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { describeDifference } from '../../../../shared/config/differences'
import { type EngineChoice, engineIds } from '../../../../shared/contract/training'
import { KwiatError } from '../../../../shared/errors'
import { listCheckpoints } from '../../../checkpoints/listCheckpoints'
import { openRun } from '../../../checkpoints/runFolder'
import { type Branch, branchRun } from '../../../train/branchRun'
import { findRun } from '../findRun'
import { collect, parseWhole } from '../options'
import { addEngineOptions, endHelp, trainAndReport, withSettings } from './train'

interface BranchOptions {
  readonly name?: string
  readonly steps?: number
  readonly set?: readonly string[]
  readonly out?: string
  readonly engine?: EngineChoice['id']
  readonly threads?: number
  readonly json?: boolean
}

const branchHelp = `
Examples:
  kwiat branch photos-1a2b3c --set generatorOptimizer.learningRate=0.0001
  kwiat branch runs/photos-1a2b3c/checkpoints/step-002000 --set loss.realTarget=0.9 --name smoothed --steps 8000

A new run begins as a copy of the checkpoint (of the newest whole one, when a run is named) and trains with the changed
settings; the run it leaves stays as it is. The architecture must be the same.`

export function addBranchCommand(program: Command): void {
  const command = program
    .command('branch')
    .description('Begin a new run from a checkpoint of another one, with other settings.')
    .argument('<checkpoint>', 'the folder of a checkpoint, or of a run, or its name')
    .option('--name <name>', "the new run's name (default: that of the other with “-branch”)")
    .option('--steps <total>', 'iterations in all, those of the checkpoint included', parseWhole(1, 1e8))
    .option('--out <folder>', "folder in which the run's folder is made (default: beside the other run)")
    .option('--set <path=value>', 'a setting to change; may be given several times', collect)
  addEngineOptions(command, 'what computes (default: what the other run began on)', engineIds)
    .addHelpText('after', `${branchHelp}\n${endHelp}`)
    .action(async (path: string, options: BranchOptions) => {
      const branch = await makeBranch(resolve(await findRun(path)), options)
      process.stderr.write(describeBranch(branch))
      const { engine, threads } = options
      await trainAndReport(
        {
          kind: 'resume',
          run: branch.run.folder,
          engine: { ...(engine === undefined ? {} : { id: engine }), ...(threads === undefined ? {} : { threads }) }
        },
        options
      )
    })
}

async function makeBranch(path: string, { name, steps, set, out }: BranchOptions): Promise<Branch> {
  const { folder, file, checkpoint } = await openRun(path)
  const settings = [...(steps === undefined ? [] : [`schedule.steps=${steps}`]), ...(set ?? [])]
  return branchRun({
    from: checkpoint ?? (await newestWhole(folder)),
    configuration: withSettings(file.configuration, settings),
    runsFolder: out === undefined ? dirname(folder) : resolve(out),
    name: name ?? `${file.name}-branch`.slice(0, 100)
  })
}

async function newestWhole(runFolder: string): Promise<string> {
  const newest = (await listCheckpoints(runFolder)).find(({ status }) => status === 'complete')
  if (newest === undefined) {
    throw new KwiatError('checkpoint-not-found', {
      who: runFolder,
      expected: 'a whole checkpoint',
      actual: 'none',
      todo: 'train the run until it has saved one'
    })
  }
  return newest.folder
}

const describeBranch = ({ run, changes, notices }: Branch): string =>
  [`branch: ${run.folder}`, ...changes.map((change) => `  ${describeDifference(change)}`), ...notices, ''].join('\n')
