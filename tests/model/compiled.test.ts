import * as tf from '@tensorflow/tfjs-core'
import { describe, it } from 'vitest'
import { forward, type Network } from '../../src/main/model/network'
import type { Program } from '../../src/main/step/program'
import { Random } from '../../src/shared/random/random'
import { sizeOf } from '../../src/shared/tensor'
import { expectSameProgram, normal } from '../support/parity'
import { activations, buildLayer, layers, maps } from './layerCases'

const batch = 3

/** The layer's output in use and in training, what it assigns, and the gradients of its input and weights. */
function layerProgram(network: Network): Program {
  const weights = network.trainable.map((name) => network.variables.get(name)!)
  const outputs = ['used', 'trained', 'dx', ...network.trainable.map((name) => `d ${name}`)]
  return {
    name: network.layers[0]!.name,
    inputs: {
      x: { dtype: 'float32', shape: [batch, ...maps] },
      dy: { dtype: 'float32', shape: [batch, ...network.analysis.outputShape] }
    },
    variables: network.variables,
    outputs,
    run: ({ x, dy }) => {
      const used = forward(network, { input: x! }, { training: false })
      const weighted = (input: tf.Tensor) =>
        tf.sum<tf.Scalar>(tf.mul(forward(network, { input }, { training: true }), dy!))
      const dx = tf.grad(weighted)(x!)
      const grads: tf.NamedTensorMap = weights.length > 0 ? tf.variableGrads(() => weighted(x!), weights).grads : {}
      const trained = forward(network, { input: x! }, { training: true, updateStatistics: true })
      const gradients = weights.map((weight, i) => [`d ${network.trainable[i]}`, grads[weight.name]!] as const)
      return { used, trained, dx, ...Object.fromEntries(gradients) }
    }
  }
}

async function compare(layer: object): Promise<void> {
  const network = buildLayer(layer)
  for (const [position, variable] of [...network.variables.values()].entries()) {
    // Positive, since a variance is among them.
    const values = new Random(5, 'initialWeights', position).uniforms(sizeOf(variable.shape), 0.5, 1.5)
    variable.assign(tf.tensor(values, variable.shape))
  }
  const program = layerProgram(network)
  const random = new Random(6, 'generate')
  await expectSameProgram(program, {
    x: normal(batch, ...maps)(random),
    dy: normal(batch, ...network.analysis.outputShape)(random)
  })
}

describe('compiled, forward and backward, a layer agrees with tfjs', () => {
  it.each(layers)('%s %j', async (type, fields) => {
    await compare({ type, ...fields })
  })

  it.each(activations)('activation %s', async (activation) => {
    await compare({ type: 'Activation', activation })
  })
})
