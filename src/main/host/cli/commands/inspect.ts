import { type Command, Option } from 'commander'
import { type Language, languages } from '../../../../shared/language'
import { presetNames } from '../../../model/presets'
import { SpeedFile } from '../../../services/engineSpeed'
import { examineModel } from '../../../services/models'
import { userFolders } from '../../../services/userFolders'
import { findSubject } from '../modelSubject'
import { printJsonLine } from '../output/json'
import { formatExplanations, formatNetwork, formatProblems, formatTraining } from '../output/modelText'

const inspectHelp = `
Examples:
  kwiat inspect chollet-32
  kwiat inspect photos-1a2b3c --explain --language pl
  kwiat inspect generator.json discriminator.json              as model.to_json() of Keras writes them
  kwiat inspect runs/photos-1a2b3c/checkpoints/step-000500    checks every byte of it as well

Parameters are the numbers that are learnt; a multiply-add is one multiplication and one addition, counted for one
picture that passes through the network once.`

const checkHelp = `
Examples:
  kwiat check gan.json
  kwiat check generator.json discriminator.json --json
  kwiat check dcgan-64 --language pl

The exit code is 1 when there is an error, which would keep a run from starting; warnings leave it at 0.`

interface Options {
  readonly json?: boolean
  readonly explain?: boolean
  readonly language: Language
}

/** Both commands print the same; `inspect` the tables as well, and only `check` says by its exit code what it found. */
async function show(names: readonly string[], { json, explain, language }: Options, command: 'inspect' | 'check') {
  const { configuration, lines, data } = await findSubject(names, language)
  const speed = await new SpeedFile(userFolders().speedFile).recall({ id: 'cpu' })
  const examined = examineModel(configuration, language, speed)
  const { generator, discriminator, ...facts } = examined
  const networks = [generator, discriminator]
  if (command === 'check' && facts.problems.some(({ severity }) => severity === 'error')) {
    process.exitCode = 1
  }
  if (json) {
    printJsonLine({ event: command === 'check' ? 'checked' : 'inspected', ...data, networks, ...facts })
    return
  }
  const parts = [
    lines.map((line) => `${line}\n`).join(''),
    ...(command === 'inspect' ? networks.map(formatNetwork) : []),
    ...(explain ? networks.map((network) => formatExplanations(network, language)) : []),
    formatTraining(examined),
    formatProblems(examined, language)
  ]
  process.stdout.write(parts.filter((part) => part !== '').join('\n'))
}

const modelArgument = `a preset (${presetNames.join(', ')}, or one of your own), a run's folder or name, a checkpoint, or one or two files of JSON (Kwiat, Keras, tfjs)`

function addModelCommand(program: Command, command: 'inspect' | 'check', description: string, help: string): void {
  program
    .command(command)
    .description(description)
    .argument('<model...>', modelArgument)
    .option('--explain', 'say of each layer what it does, why it is here, and why its values are what they are')
    .addOption(
      new Option('--language <language>', 'language of checks and explanations').choices(languages).default('en')
    )
    .option('--json', 'print it as one JSON object')
    .addHelpText('after', help)
    .action((names: readonly string[], options: Options) => show(names, options, command))
}

export const addInspectCommand = (program: Command): void =>
  addModelCommand(
    program,
    'inspect',
    'Show both networks: layers, shapes, costs, and what is wrong with them.',
    inspectHelp
  )

export const addCheckCommand = (program: Command): void =>
  addModelCommand(program, 'check', 'Find what is wrong with a model before it is trained.', checkHelp)
