import * as tf from '@tensorflow/tfjs-core'
import { keysOf, recordOf } from '../../shared/records'
import type { Network } from '../model/network'
import type { Optimizer } from './optimizers'

/** The name of an optimiser's slot for a weight: `optimizer/<network>/<slot>/<layer>/<weight>`. */
export function slotName(slot: string, weight: string): string {
  const [network, ...path] = weight.split('/')
  return ['optimizer', network, slot, ...path].join('/')
}

interface Objective<Extra extends string> {
  readonly loss: tf.Scalar
  /** Other results of the same forward pass. */
  readonly extra: Readonly<Record<Extra, tf.Tensor>>
}

/** A part of the loss; its gradient is taken by itself, so that only its own forward pass is held meanwhile. */
interface Term<Extra extends string> {
  readonly share: number
  readonly objective: () => Objective<Extra>
}

/** Moves one network's weights against the gradient of a loss. */
export interface Updater {
  /** The optimiser's slots by name. */
  readonly slots: ReadonlyMap<string, tf.Variable>
  /**
   * Computes Σ share · loss over the terms and its gradient, assigns the new weights and slots, and gives the same sums of
   * what the objectives computed.
   */
  readonly minimize: <Extra extends string>(
    terms: readonly Term<Extra>[],
    rate: tf.Tensor
  ) => Readonly<Record<Extra | 'loss', tf.Tensor>>
}

/** Creates the updater of what is learnt of a network; its slots hold zeros until an engine gives them values. */
export function createUpdater(network: Pick<Network, 'trainable' | 'variables'>, optimizer: Optimizer): Updater {
  const weights = network.trainable.map((name) => {
    const variable = network.variables.get(name)!
    const slots = optimizer.slots.map((slot) => ({
      slot,
      name: slotName(slot, name),
      variable: tf.variable(tf.zeros(variable.shape))
    }))
    return { variable, slots }
  })
  const apply = (gradients: tf.NamedTensorMap, rate: tf.Tensor): void => {
    for (const { variable, slots } of weights) {
      const gradient = gradients[variable.name]
      // A weight that the loss does not depend on stays as it is.
      if (gradient !== undefined) {
        const current = Object.fromEntries(slots.map((slot) => [slot.slot, slot.variable]))
        const next = optimizer.update(variable, gradient, current, rate)
        variable.assign(next.parameter)
        for (const { slot, variable: slotVariable } of slots) {
          slotVariable.assign(next.slots[slot]!)
        }
      }
    }
  }
  const variables = weights.map(({ variable }) => variable)
  return {
    slots: new Map(weights.flatMap(({ slots }) => slots.map(({ name, variable }) => [name, variable] as const))),
    minimize: (terms, rate) => {
      const evaluated = terms.map(({ objective, share }) => ({ share, ...evaluate(objective, variables) }))
      const results = weightedSum(evaluated.map(({ share, results: values }) => ({ share, values })))
      const gradients = weightedSum(evaluated.map(({ share, gradients: values }) => ({ share, values })))
      apply(gradients, rate)
      return results
    }
  }
}

/** Σ share · values, by name. */
function weightedSum<Name extends string>(
  terms: readonly { readonly share: number; readonly values: Readonly<Record<Name, tf.Tensor>> }[]
): Record<Name, tf.Tensor> {
  const [first, ...others] = terms
  if (first === undefined || others.length === 0) {
    return { ...first!.values }
  }
  return recordOf(keysOf(first.values), (name) =>
    others.reduce(
      (sum, { share, values }) => tf.add(sum, tf.mul(values[name], share)),
      tf.mul(first.values[name], first.share)
    )
  )
}

/** A loss, its gradient, and what else its forward pass gave. */
function evaluate<Extra extends string>(objective: () => Objective<Extra>, variables: tf.Variable[]) {
  let extra: Readonly<Record<Extra, tf.Tensor>> | undefined
  const { value: loss, grads: gradients } = tf.variableGrads(() => {
    const result = objective()
    // What the forward pass made is freed with it, unless it is kept.
    extra = recordOf(keysOf(result.extra), (name) => tf.keep(result.extra[name]))
    return result.loss
  }, variables)
  const kept = extra!
  const results = recordOf(keysOf(kept), (name) => tf.clone(kept[name]))
  tf.dispose(kept)
  return { results: { ...results, loss }, gradients }
}
