import { type LayerSpec, type LayerType, layerSchema } from './layers'

const maps = { filters: 64, kernelSize: 3, padding: 'same' }

/** The fields of a new layer that have no default. */
const beginnings: { readonly [Type in LayerType]: object } = {
  Dense: { units: 128 },
  Conv2D: maps,
  Conv2DTranspose: { ...maps, kernelSize: 4, strides: 2 },
  DepthwiseConv2D: { kernelSize: 3, padding: 'same' },
  SeparableConv2D: maps,
  BatchNormalization: { momentum: 0.9 },
  LayerNormalization: {},
  Dropout: { rate: 0.3 },
  UpSampling2D: {},
  AveragePooling2D: {},
  MaxPooling2D: {},
  GlobalAveragePooling2D: {},
  Embedding: { inputDim: 10, outputDim: 32 },
  Concatenate: {},
  Add: {},
  Multiply: {},
  Activation: { activation: 'tanh' },
  ReLU: {},
  LeakyReLU: { alpha: 0.2 },
  PReLU: { sharedAxes: [1, 2] },
  ELU: {},
  Flatten: {},
  Reshape: { targetShape: [4, 4, 8] },
  Permute: { dims: [1, 2, 3] },
  ZeroPadding2D: {},
  Cropping2D: { cropping: 1 }
}

/**
 * A layer of a type, as an editor adds it; the fields that `like` has too are taken over, as the filters when a Conv2D
 * becomes a Conv2DTranspose.
 */
export function newLayer(type: LayerType, like?: LayerSpec): LayerSpec {
  let layer = layerSchema.parse({ type, ...beginnings[type] })
  for (const [name, value] of Object.entries(like ?? {})) {
    const parsed = layerSchema.safeParse(name === 'type' ? null : { ...layer, [name]: value })
    layer = parsed.success ? parsed.data : layer
  }
  return layer
}
