import type { Exploration } from '../services/explore/exploration'
import type { HandlersOfArea } from './contract'

/** What the workshop does for the view Explore. */
export const createExploreHandlers = (exploration: Exploration): HandlersOfArea<'explore'> => ({
  'explore/pictures': ({ model, latents, live }) => exploration.pictures(model, latents, live ? 'live' : 'exact')
})
