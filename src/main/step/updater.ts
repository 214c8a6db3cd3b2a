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

/** Moves one network's weights against the gradient of a loss. */
export interface Updater {
  /** The optimiser's slots by name. */
  readonly slots: ReadonlyMap<string, tf.Variable>
  /** Computes a loss and its gradient, assigns the new weights and slots, and gives what `objective` computed. */
  readonly minimize: <Extra extends string>(
    objective: () => Objective<Extra>,
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
    minimize: (objective, rate) => {
      const { results, gradients } = evaluate(objective, variables)
      apply(gradients, rate)
      return results
    }
  }
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
