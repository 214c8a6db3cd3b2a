import { measureEngine } from '../services/engines/measureEngine'
import { probeEngine } from '../services/engines/probeEngine'
import type { HandlersOfArea } from './contract'

/** Trials of engines; each is asked of a workshop of its own. */
export const engineHandlers: HandlersOfArea<'engines'> = {
  'engines/probe': (choice) => probeEngine(choice),
  'engines/trial': (request) => measureEngine(request)
}
