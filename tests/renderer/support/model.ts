import { layerNames } from '../../../src/shared/architecture/layerNames'
import type { Problem } from '../../../src/shared/architecture/problems'
import type { Role } from '../../../src/shared/architecture/roles'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import type { ModelExamination, NetworkExamination } from '../../../src/shared/contract/model'

/** A problem of the generator's first layer, but for what is given. */
export const problemOf = (changes: Partial<Problem> = {}): Problem => ({
  code: 'output-not-tanh',
  severity: 'error',
  network: 'generator',
  layer: 'dense',
  position: 0,
  expected: 'tanh at the end',
  actual: 'linear',
  sentence: 'generator, layer dense (Dense): expected tanh at the end, got linear; change it.',
  why: 'Pictures are in [−1, 1].',
  repair: null,
  ...changes
})

function examineNetwork(
  { architecture }: RunConfiguration,
  role: Role,
  problems: readonly Problem[]
): NetworkExamination {
  const names = layerNames(architecture[role])
  return {
    role,
    inputShape: [architecture.latentSize],
    outputShape: [1],
    cards: names.map((name, position) => ({
      name,
      position,
      title: architecture[role][position]?.type ?? '',
      inputs: [names[position - 1] ?? 'input'],
      isBranch: false,
      outputShape: [8, 8, 16],
      parameters: 10,
      trainableParameters: 10,
      multiplyAdds: 100,
      share: 0.1,
      trainingBytes: null,
      receptiveField: [3, 3],
      explanation: { does: `What ${name} does.`, why: '', values: '' },
      problems: problems.flatMap((problem, i) => (problem.network === role && problem.position === position ? [i] : []))
    })),
    parameters: 10 * names.length,
    trainableParameters: 10 * names.length,
    multiplyAdds: 100 * names.length,
    share: 0.5
  }
}

/** An answer of the host about these networks: figures that are made up, and the problems that are given. */
export const examinationOf = (
  configuration: RunConfiguration,
  problems: readonly Problem[] = []
): ModelExamination => ({
  generator: examineNetwork(configuration, 'generator', problems),
  discriminator: examineNetwork(configuration, 'discriminator', problems),
  problems,
  memory: null,
  freeBytes: 8e9,
  flops: null,
  secondsPerIteration: null,
  speed: null
})
