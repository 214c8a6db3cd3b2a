import type { Graph } from './value'

/** A rewriting of a whole graph that keeps what its outputs mean. */
export interface Pass {
  readonly name: string
  readonly run: (graph: Graph) => Graph
}
