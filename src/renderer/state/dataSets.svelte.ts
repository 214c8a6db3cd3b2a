import { z } from 'zod'
import { recall, remember } from './remembered'

const dataSetSchema = z.object({
  /** Path of the pictures, or "flowers". */
  path: z.string(),
  name: z.string(),
  count: z.int()
})
export type DataSet = z.infer<typeof dataSetSchema>

export const flowersPath = 'flowers'
const maxRemembered = 8

/** The last part of a path; for people. */
export const nameOfPath = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path

/** Pictures that were imported in this window before, newest first; the built-in flowers are always there. */
export class DataSetsState {
  #imported: readonly DataSet[] = $state.raw(recall('dataSets', z.array(dataSetSchema), []))

  /** All but the flowers. */
  get imported(): readonly DataSet[] {
    return this.#imported
  }

  add(set: DataSet): void {
    if (set.path === flowersPath) {
      return
    }
    const others = this.#imported.filter(({ path }) => path !== set.path)
    this.#imported = [set, ...others].slice(0, maxRemembered)
    remember('dataSets', this.#imported)
  }
}
