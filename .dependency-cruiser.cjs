/** The layers of src/main, in the order of the data: each imports only what stands before it. */
const order = ['files', 'data', 'model', 'step', 'graph', 'engine', 'metrics', 'checkpoints', 'latent', 'train']

const layerRules = order.slice(0, -1).map((layer, position) => ({
  name: `${layer}-imports-only-earlier-layers`,
  comment: `The order is ${order.join(' → ')}.`,
  severity: 'error',
  from: { path: `^src/main/${layer}/` },
  to: { path: `^src/main/(${[...order.slice(position + 1), 'trainer', 'workshop', 'services', 'host'].join('|')})/` }
}))

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'shared-imports-only-itself',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: '^src/shared/|node_modules/zod/' }
    },
    {
      name: 'only-electron-files-import-electron',
      severity: 'error',
      from: { pathNot: '\\.electron\\.ts$|^src/preload/' },
      to: { path: 'node_modules/electron/' }
    },
    {
      name: 'train-knows-no-host',
      severity: 'error',
      from: { path: '^src/main/train/' },
      to: { path: '^src/main/(trainer|workshop|services|host)/' }
    },
    {
      name: 'services-know-no-host',
      severity: 'error',
      from: { path: '^src/main/(services|trainer|workshop)/' },
      to: { path: '^src/main/host/' }
    },
    {
      name: 'renderer-imports-shared-only',
      comment: 'The window is a web page: what it needs of the computer it asks for through the contract.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/(main|preload)/|node_modules/(electron|onnxruntime-node|sharp|@tensorflow)/' }
    },
    {
      name: 'renderer-uses-no-node',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'nobody-imports-the-renderer',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/renderer/' },
      to: { path: '^src/renderer/' }
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['svelte', 'import', 'node', 'default'] }
  }
}
