import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'

/** Makes tfjs' JavaScript backend the active one: variables are made on it; engines keep the state wherever they like. */
export function useHostBackend(): void {
  // Otherwise the backend's first use prints an advertisement for tfjs-node.
  tf.enableProdMode()
  void tf.setBackend('cpu')
}
