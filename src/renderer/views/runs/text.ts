import type { RunOrder } from '../../state/runs.svelte'

export const runsText = {
  title: 'Runs',
  newRun: 'New run',
  search: 'Search runs',
  orderLabel: 'Order',
  orders: {
    newest: 'Newest first',
    name: 'By name',
    progress: 'Most progress',
    state: 'By state'
  } satisfies Record<RunOrder, string>,
  loading: 'Loading the runs…',
  nothingFound: (search: string): string => `No run fits “${search}”.`,
  clearSearch: 'Clear the search',
  empty: {
    title: 'Train your first flowers',
    text: 'Flowers are built in: nothing to download, a first picture after a few seconds, blossoms after some minutes.',
    action: 'Train your first flowers',
    other: 'Use my own pictures'
  },
  card: {
    open: (name: string): string => `Open ${name}`,
    data: 'Data',
    preset: 'Preset',
    steps: 'Steps',
    score: 'Best score',
    changed: 'Changed',
    more: (name: string): string => `More about ${name}`,
    rename: 'Rename…',
    duplicate: 'Duplicate settings',
    delete: 'Delete…'
  },
  rename: {
    title: 'Rename the run',
    label: 'Name',
    save: 'Rename',
    cancel: 'Cancel'
  },
  delete: {
    title: (name: string): string => `Delete ${name}?`,
    text: (steps: string): string =>
      `Its ${steps} steps of training, its samples and all its checkpoints go to the studio’s trash.`,
    running: 'Stop it first: a run in training can’t be deleted.',
    confirm: 'Delete',
    cancel: 'Keep it',
    done: 'deleted.',
    undo: 'Undo'
  },
  close: 'Close'
}

export const newRunText = {
  title: 'New run',
  description: 'Choose pictures and a preset, then start. Everything else has a good value already.',
  data: 'Pictures',
  flowers: 'Flowers',
  flowersNote: 'built in, drawn as they are needed',
  pictures: (count: string): string => `${count} pictures`,
  otherData: 'Other pictures…',
  otherDataNote: 'a folder, a zip, CIFAR-10, idx',
  preset: 'Preset',
  presetNotes: {
    'flowers-32': 'Small and quick: made for the flowers.',
    'dcgan-32': 'The classic DCGAN, in small.',
    'dcgan-64': 'The classic DCGAN at 64 pixels; slower.',
    'chollet-32': 'The GAN of Chollet’s book; large and slow.'
  } as Readonly<Record<string, string>>,
  facts: (size: number, colour: boolean, steps: string, batch: number): string =>
    `${size} × ${size} ${colour ? 'colour' : 'grey'} · ${steps} steps · ${batch} a batch`,
  name: 'Name',
  settings: 'All settings…',
  start: 'Start',
  close: 'Close'
}
