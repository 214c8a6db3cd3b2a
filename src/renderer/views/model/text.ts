export const modelText = {
  title: 'Model',
  presetLabel: 'Show a preset or the selected run',
  run: (name: string): string => `Run: ${name}`,
  later: 'Read-only for now: editing layers, undo and import come with the model editor.',
  loading: 'Examining the layers…',
  generator: 'Generator',
  discriminator: 'Discriminator',
  layer: 'Layer',
  type: 'Type',
  output: 'Output',
  parameters: 'Parameters',
  multiplyAdds: 'Multiply-adds',
  reads: (names: string): string => `reads ${names}`,
  totals: (parameters: string, multiplyAdds: string): string =>
    `${parameters} parameters · ${multiplyAdds} multiply-adds a picture`,
  scrolls: (role: string): string => `Layers of the ${role.toLowerCase()}`
}
