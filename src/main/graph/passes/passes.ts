import type { Graph } from '../ir/value'

/** A rewriting of a whole graph that keeps what its outputs mean. */
export interface Pass {
  readonly name: string
  readonly run: (graph: Graph) => Graph
}

/** In the order in which they run. */
export const passes: readonly Pass[] = []
