export const exploreText = {
  title: 'Explore',
  later:
    'Not built yet: walking through the latent space (truncation, planes, directions, paths, projecting a picture) comes later. Until then this page shows the newest samples of the selected run.',
  none: 'Select or start a run: its samples are shown here.',
  of: (name: string, step: string): string => `${name}, step ${step}`
}
