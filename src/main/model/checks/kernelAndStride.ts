import type { LayerSpec } from '../../../shared/architecture/layers'
import { roles } from '../../../shared/architecture/roles'
import { formatShape, toPair } from '../shapes'
import type { RunCheck } from './check'

/** The smallest kernel that is a multiple of the strides and no smaller; null where it is one already. */
function mendedKernel(spec: LayerSpec): readonly [number, number] | null {
  if (!('kernelSize' in spec)) {
    return null
  }
  const kernel = toPair(spec.kernelSize)
  const strides = toPair(spec.strides)
  const mend = (axis: 0 | 1) => Math.ceil(kernel[axis] / strides[axis]) * strides[axis]
  const mended = [mend(0), mend(1)] as const
  return mended[0] === kernel[0] && mended[1] === kernel[1] ? null : mended
}

/** n×n as n, as one writes it. */
const plain = ([height, width]: readonly [number, number]): number | [number, number] =>
  height === width ? height : [height, width]

/** The seed notebook's fifth rule of thumb. */
export const kernelAndStride: RunCheck = {
  severity: 'warning',
  title: { en: 'a kernel that its stride does not divide', pl: 'jądro, którego rozmiar nie dzieli się przez krok' },
  why: {
    en: 'Some pixels are then touched by more taps of the kernel than others, which shows as a checkerboard in the pictures (Odena et al. 2016).',
    pl: 'Jedne piksele trafiają wtedy pod więcej elementów jądra niż inne i na obrazach widać szachownicę (Odena i in. 2016).'
  },
  find: (run) =>
    roles.flatMap((network) =>
      run[network].layers.flatMap(({ spec, position }) => {
        const mended = mendedKernel(spec)
        if (mended === null || !('kernelSize' in spec)) {
          return []
        }
        const [kernel, strides] = [formatShape(toPair(spec.kernelSize)), formatShape(toPair(spec.strides))]
        const size = formatShape(mended)
        return [
          {
            network,
            position,
            text: {
              en: {
                expected: `a kernel size divisible by the strides ${strides}`,
                actual: kernel,
                todo: `use a kernel of ${size}`
              },
              pl: {
                expected: `rozmiar jądra podzielny przez krok ${strides}`,
                actual: kernel,
                todo: `użyj jądra ${size}`
              }
            },
            repair: {
              label: { en: `Use a kernel of ${size}`, pl: `Użyj jądra ${size}` },
              edits: [{ kind: 'field', network, position, field: 'kernelSize', value: plain(mended) }]
            }
          }
        ]
      })
    )
}
