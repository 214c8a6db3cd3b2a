import type { Edit } from '../../../shared/architecture/edits'
import type { LayerSpec } from '../../../shared/architecture/layers'
import { newLayer } from '../../../shared/architecture/newLayer'
import type { Role } from '../../../shared/architecture/roles'
import type { ArchitectureExamination, LayerExamination } from '../examination'
import type { Repair } from '../finding'

/** A LeakyReLU with the slope that the architecture's others have. */
function usualLeakyReLU({ generator, discriminator }: ArchitectureExamination): LayerSpec {
  const specs = [...generator.layers, ...discriminator.layers].map(({ spec }) => spec)
  const usual = specs.find((spec) => spec.type === 'LeakyReLU')
  return usual === undefined ? newLayer('LeakyReLU') : { type: 'LeakyReLU', alpha: usual.alpha }
}

export const insertLeakyReLU = (examined: ArchitectureExamination, network: Role, position: number): Edit => ({
  kind: 'insert',
  network,
  position,
  layer: usualLeakyReLU(examined)
})

/** Makes a layer's activation, or the layer where it is nothing else, a LeakyReLU. */
export function toLeakyReLU(examined: ArchitectureExamination, network: Role, layer: LayerExamination): Repair {
  const { spec, position } = layer
  const isActivation = spec.type === 'ReLU' || spec.type === 'Activation'
  return {
    label: { en: 'Make it a LeakyReLU', pl: 'Zamień na LeakyReLU' },
    edits: isActivation
      ? [{ kind: 'replace', network, position, layer: usualLeakyReLU(examined) }]
      : [
          { kind: 'field', network, position, field: 'activation', value: 'linear' },
          insertLeakyReLU(examined, network, position + 1)
        ]
  }
}
