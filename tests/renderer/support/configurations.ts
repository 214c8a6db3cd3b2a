import chollet32 from '../../../resources/presets/chollet-32.json'
import flowers32 from '../../../resources/presets/flowers-32.json'
import { parseRunConfiguration } from '../../../src/shared/config/parse'

export const flowersConfiguration = parseRunConfiguration(flowers32)
export const cholletConfiguration = parseRunConfiguration(chollet32)
