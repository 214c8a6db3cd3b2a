import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { Random } from '../../shared/random/random'
import { float32 } from '../../shared/tensor'
import type { Engine } from '../engine/engine'
import { loadPreset } from '../model/presets'
import { initialState } from '../step/initialState'
import type { Program } from '../step/program'
import { drawStepInputs } from '../step/stepInputs'
import { createEngine } from '../train/createEngine'
import { type PreparedStep, prepareStep } from '../train/prepareStep'
import { openTrainingPictures, type TrainingPictures } from '../train/trainingPictures'
import { userFolders } from './userFolders'

/** What one preset's training step does on this computer, beside a plain matrix product in the same minutes. */
export const benchmarkEntrySchema = z.strictObject({
  preset: z.string(),
  batch: z.int(),
  /** Best time of a whole step, in milliseconds. */
  stepMs: z.number(),
  /** Floating-point operations that the step's convolutions and products stand for, however they are computed. */
  gflop: z.number(),
  gflops: z.number(),
  /** Of a 2048 × 2048 × 2048 product on the same engine and threads, the best of the same rounds. */
  sgemmGflops: z.number(),
  /** gflops / sgemmGflops */
  ratio: z.number(),
  /** Tracing, passes and the runtime's own preparation. */
  compileMs: z.number(),
  /** Median share of a step that is spent outside of the engine: batches, random numbers. */
  overhead: z.number(),
  /** Of the whole process, the pictures and the matrices of the product included. */
  peakMemoryBytes: z.int()
})
export type BenchmarkEntry = Readonly<z.infer<typeof benchmarkEntrySchema>>

export interface BenchmarkOptions {
  readonly preset: string
  readonly threads?: number
  /** How long to measure, in seconds; at least three rounds are run. */
  readonly seconds: number
}

const side = 2048
const leastRounds = 3
const productFlops = 2 * side ** 3

/** c ← a · b; the result stays where the engine keeps its state, so that nothing but the product is measured. */
function createProduct(): Program<string, 'done'> {
  const variable = () => tf.variable(tf.zeros([side, side]))
  const variables = new Map([
    ['a', variable()],
    ['b', variable()],
    ['c', variable()]
  ])
  return {
    name: 'sgemm',
    inputs: {},
    variables,
    outputs: ['done'],
    run: () => {
      variables
        .get('c')!
        .assign(tf.matMul(tf.reshape(variables.get('a')!, [side, side]), tf.reshape(variables.get('b')!, [side, side])))
      return { done: tf.scalar(1) }
    }
  }
}

async function prepareProduct(engine: Engine): Promise<() => Promise<number>> {
  const matrix = (index: number) => float32(new Random(1, 'generate', index).uniforms(side * side), [side, side])
  const state = await engine.createState(
    new Map([
      ['a', matrix(0)],
      ['b', matrix(1)],
      ['c', float32(new Float32Array(side * side), [side, side])]
    ])
  )
  const product = await engine.prepare(createProduct())
  return () => timeMs(() => product.run(state, {}))
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/**
 * Speed of a 2048 × 2048 × 2048 product on an engine, the best of so many seconds and at least three, in 10⁹
 * floating-point operations a second.
 */
export async function measureProduct(engine: Engine, seconds: number): Promise<number> {
  const product = await prepareProduct(engine)
  const end = performance.now() + 1000 * seconds
  const times: number[] = []
  while (times.length < leastRounds || performance.now() < end) {
    times.push(await product())
  }
  return productFlops / 1e6 / best(times)
}

interface Round {
  readonly productMs: number
  readonly stepMs: number
  readonly outsideMs: number
}

/** One product, then one whole step, so that both see the same computer. */
async function round(
  t: number,
  product: () => Promise<number>,
  { step, executable, state }: PreparedStep,
  pictures: TrainingPictures
): Promise<Round> {
  const productMs = await product()
  const start = performance.now()
  const inputs = drawStepInputs(step, t, await pictures.batchesAt(t))
  const outsideMs = performance.now() - start
  const stepMs = outsideMs + (await timeMs(() => executable.run(state, inputs)))
  return { productMs, stepMs, outsideMs }
}

const best = (figures: readonly number[]): number => Math.min(...figures)
const median = (figures: readonly number[]): number => [...figures].sort((a, b) => a - b)[figures.length >> 1]!

/** Measures one preset in this process; run each preset in a process of its own for its peak memory. */
export async function benchmarkPreset({ preset, threads, seconds }: BenchmarkOptions): Promise<BenchmarkEntry> {
  const configuration = loadPreset(preset)
  const engine = await createEngine(threads === undefined ? { id: 'cpu' } : { id: 'cpu', threads })
  const pictures = await openTrainingPictures('flowers', configuration, {
    picturesFolder: userFolders().pictures,
    stop: new AbortController().signal,
    emit: () => {}
  })
  const prepared = await prepareStep(engine, configuration, initialState(configuration))
  const product = await prepareProduct(engine)
  const rounds: Round[] = []
  const end = performance.now() + 1000 * seconds
  for (let t = 0; t <= leastRounds || performance.now() < end; t++) {
    const measured = await round(t, product, prepared, pictures)
    // The first round pays for memory that the later ones reuse.
    rounds.push(...(t === 0 ? [] : [measured]))
  }
  await engine.dispose()
  return summarizeRounds(preset, configuration.schedule.batchSize, prepared, rounds)
}

function summarizeRounds(
  preset: string,
  batch: number,
  { executable }: PreparedStep,
  rounds: readonly Round[]
): BenchmarkEntry {
  const stepMs = best(rounds.map((entry) => entry.stepMs))
  const gflop = (executable.facts.flops ?? 0) / 1e9
  const gflops = (1000 * gflop) / stepMs
  const sgemmGflops = productFlops / 1e6 / best(rounds.map((entry) => entry.productMs))
  return {
    preset,
    batch,
    stepMs,
    gflop,
    gflops,
    sgemmGflops,
    ratio: gflops / sgemmGflops,
    compileMs: executable.facts.compileMs ?? 0,
    overhead: median(rounds.map((entry) => entry.outsideMs / entry.stepMs)),
    peakMemoryBytes: 1024 * process.resourceUsage().maxRSS
  }
}
