import { formatBytes } from '../../../shared/formatBytes'
import type { RunCheck } from './check'

export const memoryShort: RunCheck = {
  severity: 'warning',
  title: {
    en: 'a need for more memory than is free (an error where it is more than the computer has)',
    pl: 'zapotrzebowanie na więcej pamięci, niż jest wolne (błąd, gdy przekracza całą pamięć komputera)'
  },
  why: {
    en: 'A computer that runs out of memory swaps to its disk, which is a hundred times slower, or ends the training.',
    pl: 'Gdy zabraknie pamięci, komputer zaczyna używać dysku, sto razy wolniejszego, albo przerywa trening.'
  },
  find: ({ memory: { neededBytes, freeBytes, totalBytes, fittingBatchSize } }) => {
    if (neededBytes === null || neededBytes <= freeBytes) {
      return []
    }
    const [needed, free] = [formatBytes(neededBytes), formatBytes(freeBytes)]
    const batch = fittingBatchSize
    return [
      {
        severity: neededBytes > totalBytes ? 'error' : 'warning',
        network: null,
        position: null,
        text: {
          en: {
            expected: `a need of at most ${free} of memory, which is free now`,
            actual: `about ${needed}`,
            todo: 'use a smaller batch or smaller networks, or close other programs'
          },
          pl: {
            expected: `zapotrzebowanie na najwyżej ${free} pamięci, bo tyle jest teraz wolne`,
            actual: `około ${needed}`,
            todo: 'zmniejsz wsad lub sieci albo zamknij inne programy'
          }
        },
        repair:
          batch === null
            ? null
            : {
                label: { en: `Use batches of ${batch}`, pl: `Ustaw wsad na ${batch}` },
                edits: [{ kind: 'setting', path: ['schedule', 'batchSize'], value: batch }]
              }
      }
    ]
  }
}
