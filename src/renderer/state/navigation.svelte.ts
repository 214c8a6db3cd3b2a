import { z } from 'zod'
import { recall, remember } from './remembered'

export const viewNames = ['runs', 'data', 'model', 'train', 'explore', 'checkpoints', 'settings'] as const
export type ViewName = (typeof viewNames)[number]

/** Which view is open, and which run it is about. */
export class NavigationState {
  #view: ViewName = $state(recall('view', z.enum(viewNames), 'runs'))
  #runId: string | null = $state(recall('run', z.string().nullable(), null))

  get view(): ViewName {
    return this.#view
  }

  get runId(): string | null {
    return this.#runId
  }

  open(view: ViewName): void {
    this.#view = view
    remember('view', view)
  }

  /** The header and the views are about this run from now on; about none for null. */
  select(runId: string | null): void {
    this.#runId = runId
    remember('run', runId)
  }
}
