import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers' // registers tfjs' own gradients, which some here replace

// Gradient penalties differentiate a gradient. For that tfjs lacks some gradients, and gets others wrong without any
// error: a kernel's gradient that was written with the kernel's output knows that output as a mere number, so that
// whatever depends on the input through it is missing from the second derivative.

type Gradients = Readonly<Record<string, () => tf.Tensor>>

/** The one place where tfjs' untyped attributes get their type: that of `tf.<Kernel>Attrs`. */
function defineGradient<Attributes extends object = object>(
  kernelName: string,
  inputsToSave: readonly string[],
  gradients: (dy: tf.Tensor, inputs: readonly tf.Tensor[], attributes: Attributes) => Gradients
): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: [...inputsToSave],
    gradFunc: (dy, saved, attributes) => {
      if (Array.isArray(dy)) {
        throw new Error(`${kernelName}: expected the gradient of one output, got ${dy.length}`)
      }
      return gradients(dy, saved, attributes as unknown as Attributes)
    }
  })
}

const zerosFor = (x: tf.Tensor): tf.Tensor => tf.fill(x.shape, 0)

const run = (kernelName: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor =>
  tf.engine().runKernel<tf.Tensor>(kernelName, inputs, { ...attributes })

/** Steps: their gradient is 0 wherever there is one. */
function defineZeroGradients(): void {
  const comparisons = ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr']
  for (const kernel of comparisons) {
    defineGradient(kernel, ['a', 'b'], (_, [a, b]) => ({ a: () => zerosFor(a!), b: () => zerosFor(b!) }))
  }
  defineGradient('LogicalNot', ['x'], (_, [x]) => ({ x: () => zerosFor(x!) }))
}

/**
 * Keeps tfjs' formula, but computes the output in it anew from the inputs. A compiled step knows that it is the same
 * value and computes nothing twice.
 */
function recomputeOutput(kernelName: string, inputNames: readonly string[]): void {
  const { gradFunc, inputsToSave = [] } = tf.getGradient(kernelName)
  tf.registerGradient({
    kernelName,
    inputsToSave: [...inputNames],
    gradFunc: (dy, saved, attributes) => {
      const inputs = Object.fromEntries(inputNames.map((name, i) => [name, saved[i]!]))
      const output = run(kernelName, inputs, attributes)
      return gradFunc(dy, [...inputsToSave.map((name) => inputs[name]!), output], attributes)
    }
  })
}

/** elu′ = 1 for y ≥ 0 and y + 1 below. */
const defineEluGradGradient = (): void =>
  defineGradient('EluGrad', ['dy', 'y'], (ddx, [dy, y]) => ({
    dy: () => run('EluGrad', { dy: ddx, y: y! }),
    y: () => tf.where(tf.less(y!, 0), tf.mul(ddx, dy!), zerosFor(y!))
  }))

/** The average pooling's gradient gives each element of a window dy / size; so its adjoint sums the window / size. */
const defineAvgPoolGradGradient = (): void =>
  defineGradient<tf.AvgPoolGradAttrs>('AvgPoolGrad', ['input'], (ddx, [input], { filterSize, strides, pad }) => {
    const [height, width] = typeof filterSize === 'number' ? [filterSize, filterSize] : filterSize
    const mean = () => tf.fill([height, width, input!.shape[3]!, 1], 1 / (height * width))
    const attributes = { strides, pad, dilations: 1, dataFormat: 'NHWC' }
    return {
      dy: () => run('DepthwiseConv2dNative', { x: ddx, filter: mean() }, attributes),
      input: () => zerosFor(input!)
    }
  })

/** The maximum pooling's gradient gives dy to the largest element of each window; so its adjoint picks that one. */
const defineMaxPoolGradGradient = (): void =>
  defineGradient<tf.MaxPoolGradAttrs>(
    'MaxPoolGrad',
    ['input', 'output'],
    (ddx, [x, y], { filterSize, strides, pad }) => {
      const positions = (): tf.Tensor => {
        const attributes = { filterSize, strides, pad, includeBatchInIndex: true }
        const [, indices] = tf.engine().runKernel<tf.Tensor[]>('MaxPoolWithArgmax', { x: x! }, attributes)
        return tf.reshape(indices!, [-1])
      }
      return {
        dy: () => tf.reshape(tf.gather(tf.reshape(ddx, [-1]), tf.cast(positions(), 'int32')), y!.shape),
        input: () => zerosFor(x!),
        output: () => zerosFor(y!)
      }
    }
  )

/** The gradient with respect to x is bilinear in dy and the filter, as the convolution is in x and the filter. */
const defineDepthwiseGradient = (): void =>
  defineGradient<tf.DepthwiseConv2dNativeBackpropInputAttrs>(
    'DepthwiseConv2dNativeBackpropInput',
    ['dy', 'filter'],
    (ddx, [dy, filter], { strides, pad, dilations, dimRoundingMode }) => {
      const attributes = { strides, pad, dimRoundingMode, dilations: dilations ?? 1 }
      const [x, filterShape] = [ddx, filter!.shape]
      return {
        dy: () => run('DepthwiseConv2dNative', { x, filter: filter! }, { ...attributes, dataFormat: 'NHWC' }),
        filter: () => run('DepthwiseConv2dNativeBackpropFilter', { x, dy: dy! }, { ...attributes, filterShape })
      }
    }
  )

/** The gradients of resizing are linear: their adjoint is resizing. */
function defineResizeGradGradients(): void {
  for (const kernel of ['ResizeBilinear', 'ResizeNearestNeighbor'] as const) {
    defineGradient<tf.ResizeBilinearGradAttrs>(`${kernel}Grad`, ['images', 'dy'], (ddx, [images, dy], attributes) => {
      const size = dy!.shape.slice(1, 3)
      // tfjs' gradients sample without half pixels.
      const sampling = { alignCorners: attributes.alignCorners, halfPixelCenters: false, size }
      return { dy: () => run(kernel, { images: ddx }, sampling), images: () => zerosFor(images!) }
    })
  }
}

/** Sums the copies along new axes at once; tfjs adds one slice for each copy, thousands where pictures are tiled. */
const defineTileGradient = (): void =>
  defineGradient<tf.TileAttrs>('Tile', ['x'], (dy, [x], { reps }) => ({
    x: () => {
      const split = x!.shape.flatMap((side, axis) => (reps[axis] === 1 ? [side] : [reps[axis]!, side]))
      const before = (axis: number) => reps.slice(0, axis).filter((count) => count !== 1).length
      const copies = reps.flatMap((count, axis) => (count === 1 ? [] : [axis + before(axis)]))
      return tf.sum(tf.reshape(dy, split), copies)
    }
  }))

let isRegistered = false

/**
 * Completes and corrects tfjs' gradients, for every engine, so that gradients can be differentiated again. What stays
 * without a second derivative: `tf.logSoftmax` and the losses of tfjs, whose gradients are part of the operation.
 */
export function registerGradients(): void {
  if (isRegistered) {
    return
  }
  isRegistered = true
  defineZeroGradients()
  for (const kernel of ['Elu', 'Exp', 'Sigmoid', 'Tanh']) {
    recomputeOutput(kernel, ['x'])
  }
  recomputeOutput('Softmax', ['logits'])
  recomputeOutput('Pow', ['a', 'b'])
  defineEluGradGradient()
  defineAvgPoolGradGradient()
  defineMaxPoolGradGradient()
  defineDepthwiseGradient()
  defineResizeGradGradients()
  defineTileGradient()
}
