import * as tf from '@tensorflow/tfjs-core'
import type { OptimizerConfiguration, OptimizerKind } from '../../shared/config/optimizer'
import { dispatch } from '../../shared/dispatch'

/** Tensors that an optimiser keeps for each parameter, by name; all of the parameter's shape, zeros at first. */
type Slots = Readonly<Record<string, tf.Tensor>>

interface Updated {
  readonly parameter: tf.Tensor
  readonly slots: Slots
}

/** The rule of an optimiser as pure functions; the formulas are those of Keras 2. */
export interface Optimizer {
  readonly slots: readonly string[]
  /**
   * Step size of update t = 0, 1, 2 …: learningRate / (1 + decay · t), times (t + 1) / warmup during the warm-up (Goyal
   * et al. 2017, section 2.2), and for Adam times √(1 − β₂ᵗ⁺¹) / (1 − β₁ᵗ⁺¹).
   * Computed by the host in double precision and given to the graph as an input.
   */
  readonly rate: (iteration: number) => number
  /** The parameter after a step of size `rate` (a scalar) against `gradient`, and the slots after it. */
  readonly update: (parameter: tf.Tensor, gradient: tf.Tensor, slots: Slots, rate: tf.Tensor) => Updated
}

type Rule = Omit<Optimizer, 'rate'> & { readonly correction?: (iteration: number) => number }

const slotOf = (slots: Slots, name: string): tf.Tensor => {
  const slot = slots[name]
  if (slot === undefined) {
    throw new Error(`optimizer: expected slot ${name}, got none`)
  }
  return slot
}

/** decay · average + (1 − decay) · value */
const average = (previous: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor =>
  tf.add(tf.mul(previous, decay), tf.mul(value, 1 - decay))

type Of<Kind extends OptimizerKind> = Extract<OptimizerConfiguration, { kind: Kind }>

/**
 * a ← ρ·a + (1 − ρ)·g², s = rate·g / (√a + ε), p ← p − s; with momentum m ← μ·m + s, p ← p − m.
 * ε stands outside of the root, as in the Keras of Chollet's book.
 */
function rmsprop({ rho, epsilon, momentum }: Of<'rmsprop'>): Rule {
  return {
    slots: momentum > 0 ? ['mean_square', 'momentum'] : ['mean_square'],
    update: (parameter, gradient, slots, rate) => {
      const meanSquare = average(slotOf(slots, 'mean_square'), tf.square(gradient), rho)
      const step = tf.div(tf.mul(rate, gradient), tf.add(tf.sqrt(meanSquare), epsilon))
      if (momentum === 0) {
        return { parameter: tf.sub(parameter, step), slots: { mean_square: meanSquare } }
      }
      const velocity = tf.add(tf.mul(slotOf(slots, 'momentum'), momentum), step)
      return { parameter: tf.sub(parameter, velocity), slots: { mean_square: meanSquare, momentum: velocity } }
    }
  }
}

/**
 * m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← p − rate·m / (√v + ε), with the bias correction in the rate
 * (Kingma & Ba 2015, end of section 2).
 */
function adam({ beta1, beta2, epsilon }: Of<'adam'>): Rule {
  return {
    slots: ['m', 'v'],
    correction: (iteration) => Math.sqrt(1 - beta2 ** (iteration + 1)) / (1 - beta1 ** (iteration + 1)),
    update: (parameter, gradient, slots, rate) => {
      const m = average(slotOf(slots, 'm'), gradient, beta1)
      const v = average(slotOf(slots, 'v'), tf.square(gradient), beta2)
      return {
        parameter: tf.sub(parameter, tf.div(tf.mul(rate, m), tf.add(tf.sqrt(v), epsilon))),
        slots: { m, v }
      }
    }
  }
}

/** p ← p − rate·g; with momentum v ← μ·v − rate·g and p ← p + v, or with Nesterov's p ← p + μ·v − rate·g. */
function sgd({ momentum, nesterov }: Of<'sgd'>): Rule {
  return {
    slots: momentum > 0 ? ['momentum'] : [],
    update: (parameter, gradient, slots, rate) => {
      const step = tf.mul(rate, gradient)
      if (momentum === 0) {
        return { parameter: tf.sub(parameter, step), slots: {} }
      }
      const velocity = tf.sub(tf.mul(slotOf(slots, 'momentum'), momentum), step)
      const move = nesterov ? tf.sub(tf.mul(velocity, momentum), step) : velocity
      return { parameter: tf.add(parameter, move), slots: { momentum: velocity } }
    }
  }
}

const rules: { readonly [Kind in OptimizerKind]: (configuration: Of<Kind>) => Rule } = { rmsprop, adam, sgd }

/** g · c / max(‖g‖, c) */
const clippedByNorm = (gradient: tf.Tensor, clipNorm: number): tf.Tensor =>
  tf.mul(gradient, tf.div(clipNorm, tf.maximum(tf.sqrt(tf.sum(tf.square(gradient))), clipNorm)))

/** Clips by norm, then by value, whichever are set. */
function clipped(gradient: tf.Tensor, { clipNorm, clipValue }: OptimizerConfiguration): tf.Tensor {
  const bounded = clipNorm === null ? gradient : clippedByNorm(gradient, clipNorm)
  return clipValue === null ? bounded : tf.clipByValue(bounded, -clipValue, clipValue)
}

/** The optimiser that a configuration describes. */
export function createOptimizer(configuration: OptimizerConfiguration): Optimizer {
  const { learningRate, decay, warmup } = configuration
  const warmed = (iteration: number): number => (iteration + 1 < warmup ? (iteration + 1) / warmup : 1)
  const rule = dispatch<'kind', OptimizerConfiguration, Rule>('kind', rules, configuration)
  return {
    slots: rule.slots,
    rate: (iteration) =>
      (learningRate / (1 + decay * iteration)) * warmed(iteration) * (rule.correction?.(iteration) ?? 1),
    update: (parameter, gradient, slots, rate) => rule.update(parameter, clipped(gradient, configuration), slots, rate)
  }
}
