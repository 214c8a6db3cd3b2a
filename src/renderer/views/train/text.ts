import type { RunState } from '../../../shared/contract/runs'
import type { BalanceVerdict } from '../../state/health'
import { fooledAbove, lostBelow, watchedSteps } from '../../state/health'

export const trainText = {
  nothing: {
    title: 'Nothing to train yet',
    text: 'Choose pictures and a preset: the losses and the first pictures will show up here.',
    action: 'New run'
  },
  settings: 'Settings',
  changed: (count: number): string => (count === 1 ? '1 differs from the preset' : `${count} differ from the preset`),
  locked: {
    queued: 'Locked: the run waits with these settings. To change them, let it leave the queue and duplicate it.',
    running:
      'Locked while it trains: a run keeps its settings from its first step to its last. Duplicate them to try others.',
    paused: 'Locked: a run keeps its settings from its first step to its last. Duplicate them to try others.',
    stopped: 'Locked: a run keeps its settings from its first step to its last. Duplicate them to try others.',
    done: 'Locked: a run keeps its settings from its first step to its last. Duplicate them to try others.',
    failed: 'Locked: a run keeps its settings from its first step to its last. Duplicate them to try others.',
    crashed: 'Locked: a run keeps its settings from its first step to its last. Duplicate them to try others.'
  } satisfies Record<RunState, string>,
  duplicate: 'Duplicate settings',
  losses: 'Losses',
  scores: 'Scores',
  discriminator: 'Discriminator',
  generator: 'Generator',
  scoreReal: 'D(x), real',
  scoreFake: 'D(G(z))',
  smoothing: 'Smoothing',
  logAxis: 'Log axis',
  range: 'Newest steps shown',
  ranges: [
    { value: 'all', label: 'All' },
    { value: '10000', label: '10 000' },
    { value: '1000', label: '1 000' }
  ] as const,
  samples: 'Samples',
  of: 'Pictures shown',
  generated: 'Generated',
  real: 'Real',
  realPictures: (name: string): string => `Grid of real pictures that ${name} learns from`,
  timeline: 'Step of the samples',
  atStep: (step: string): string => `step ${step}`,
  newest: 'Newest',
  play: 'Play the film',
  pause: 'Pause the film',
  exportFilm: 'Export the film…',
  log: 'Log',
  logLines: 'Log of this run',
  title: (name: string): string => `Training of ${name}`,
  health: {
    unknown: `Too early to tell: the balance is judged over ${watchedSteps} steps.`,
    balanced: 'Balanced: neither network has run away from the other.',
    'discriminator-wins': `Discriminator wins: D(G(z)) < ${lostBelow} for ${watchedSteps} steps, so the generator learns next to nothing. Try a lower learning rate for the discriminator, label noise, or a real target of 0.9.`,
    'generator-wins': `Generator wins: D(G(z)) > ${fooledAbove} for ${watchedSteps} steps, so the discriminator teaches next to nothing. Try a higher learning rate for the discriminator or more discriminator steps.`,
    diverged:
      'Diverged: a loss is no longer a number. Go back to a checkpoint, then lower the learning rates or clip the gradients.'
  } satisfies Record<BalanceVerdict, string>
}

export const draftText = {
  title: 'New run',
  name: 'Name',
  data: 'Pictures',
  preset: 'Preset',
  chooseOther: 'Choose others',
  start: 'Start',
  discard: 'Discard',
  wrong: (count: number): string =>
    count === 1 ? '1 value must be changed first:' : `${count} values must be changed first:`,
  facts: 'What will be trained',
  parameters: 'Parameters',
  generator: 'Generator',
  discriminator: 'Discriminator',
  size: 'Pictures',
  steps: 'Steps',
  shown: 'Real pictures shown',
  kimg: (count: string): string => `${count} thousand`
}
