export const checkpointsText = {
  title: 'Checkpoints',
  later:
    'Read-only for now: pinning, comparing, branching and exporting come later. A stopped run goes on from its newest checkpoint with the button at the top.',
  none: 'Select or start a run: its checkpoints are listed here.',
  noneYet: 'This run has no checkpoint yet.',
  newest: 'Newest checkpoint',
  step: 'Step',
  folder: 'Folder of the run',
  saved: (every: string): string => `A checkpoint is saved every ${every} iterations and when the run stops.`
}
