import chollet32 from '../../../resources/presets/chollet-32.json'
import dcgan32 from '../../../resources/presets/dcgan-32.json'
import dcgan64 from '../../../resources/presets/dcgan-64.json'
import flowers32 from '../../../resources/presets/flowers-32.json'
import { parseRunConfiguration } from '../../shared/config/parse'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { KwiatError } from '../../shared/errors'

const presets: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['chollet-32', chollet32],
  ['dcgan-32', dcgan32],
  ['dcgan-64', dcgan64],
  ['flowers-32', flowers32]
])

export const presetNames: readonly string[] = [...presets.keys()]

/**
 * A built-in configuration with all defaults filled in.
 *
 * @throws KwiatError `usage` for an unknown name, listing the known ones
 */
export function loadPreset(name: string): RunConfiguration {
  const preset = presets.get(name)
  if (preset === undefined) {
    throw new KwiatError('usage', {
      who: 'preset',
      expected: `one of ${presetNames.join(', ')}`,
      actual: name,
      todo: 'choose one of these'
    })
  }
  return parseRunConfiguration(preset)
}
