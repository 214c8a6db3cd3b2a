import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { compile } from '../../src/main/graph/compile'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { importModel } from '../../src/main/model/interchange/importModel'
import { layerOperation } from '../../src/main/model/layerOperations'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { examineModel, repairAll } from '../../src/main/services/models'
import { createTrainingStep } from '../../src/main/step/trainingStep'
import { trainSession } from '../../src/main/train/session'
import { newLayer } from '../../src/shared/architecture/newLayer'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { notebookPair } from '../model/interchange/kerasModels'
import { bundleInto } from '../support/bundleModule'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'

function compiledFlops(configuration: RunConfiguration): number {
  const networks = buildNetworks(configuration.architecture)
  const step = createTrainingStep(configuration, networks)
  const { flops } = compile(step, { target: 'cpu', currentLayer: () => undefined })
  step.dispose()
  disposeNetworks(networks)
  return flops
}

describe.each(presetNames)('%s', (name) => {
  const configuration = loadPreset(name)

  it('takes exactly as many operations as its compiled step', () => {
    expect(examineModel(configuration, 'en').flops).toBe(compiledFlops(configuration))
  })

  it('takes as much memory as its step does in a process of its own, within 25 %', async () => {
    const folder = fileURLToPath(new URL(`../../node_modules/.measure-${process.pid}-${name}`, import.meta.url))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const source = fileURLToPath(new URL('./support/measureMemory.ts', import.meta.url))
    const script = await bundleInto(folder, source, ['onnxruntime-node', 'sharp'])
    const { stdout } = await promisify(execFile)(process.execPath, [script, name])
    const { peakBytes } = JSON.parse(stdout) as { peakBytes: number }
    const estimate = examineModel(configuration, 'en').memory!.totalBytes
    process.stdout.write(
      `${name}: estimated ${Math.round(estimate / 1e6)} MB, measured ${Math.round(peakBytes / 1e6)} MB\n`
    )
    expect(estimate / peakBytes).toBeGreaterThan(0.75)
    expect(estimate / peakBytes).toBeLessThan(1.25)
  }, 300_000)

  it('has the layers, shapes and parameters of tfjs’ own summary', () => {
    useHostBackend()
    for (const network of [
      examineModel(configuration, 'en').generator,
      examineModel(configuration, 'en').discriminator
    ]) {
      const specs = configuration.architecture[network.role]
      const input = tfl.input({ shape: [...network.inputShape] })
      const output = specs.reduce((x, spec) => layerOperation(spec).layer.apply(x) as tfl.SymbolicTensor, input)
      const model = tfl.model({ inputs: input, outputs: output })
      const lines: string[] = []
      model.summary(undefined, undefined, (line: string) => lines.push(line))
      expect(lines.join('\n')).toContain(`Total params: ${network.parameters}\n`)
      const [, ...layers] = model.layers
      expect(network.cards.map(({ outputShape, parameters }) => [outputShape, parameters])).toEqual(
        layers.map((layer) => [layer.outputShape.slice(1), layer.countParams()])
      )
    }
  })
})

test('layers take shares of the time that sum to 1, and a measured speed gives the time of an iteration', () => {
  const speed = { engine: { id: 'cpu' as const }, gflops: 150, measured: '2026-01-01T00:00:00.000Z' }
  const configuration = loadPreset('chollet-32')
  const { generator, discriminator, secondsPerIteration } = examineModel(configuration, 'en', speed)
  expect(generator.share! + discriminator.share!).toBeCloseTo(1)
  const slower = examineModel(configuration, 'en', { ...speed, gflops: 75 })
  expect(slower.secondsPerIteration! / secondsPerIteration!).toBeCloseTo(2)
  expect(examineModel(configuration, 'en').secondsPerIteration).toBeNull()
})

test('a network twice as deep takes about twice the work to examine, and 60 layers are examined in less than 16 ms', () => {
  const preset = loadPreset('flowers-32')
  const { generator, discriminator } = preset.architecture
  const deep = (pairs: number): RunConfiguration => {
    const extra = Array.from({ length: pairs }, () => [newLayer('Conv2D'), newLayer('LeakyReLU')]).flat()
    return {
      ...preset,
      architecture: { ...preset.architecture, generator: generator.toSpliced(4, 0, ...extra), discriminator }
    }
  }
  const bestMs = (configuration: RunConfiguration) => {
    const times = Array.from({ length: 30 }, () => {
      const start = performance.now()
      examineModel(configuration, 'pl')
      return performance.now() - start
    })
    return Math.min(...times)
  }
  const layersOf = ({ architecture }: RunConfiguration) =>
    architecture.generator.length + architecture.discriminator.length
  const [sixty, large] = [deep(21), deep(90)]
  expect(layersOf(sixty)).toBe(60)
  const [few, many] = [bestMs(sixty), bestMs(large)]
  process.stdout.write(`60 layers: ${few.toFixed(1)} ms, ${layersOf(large)} layers: ${many.toFixed(1)} ms\n`)
  expect(few).toBeLessThan(16)
  // Linear work would be 3.3 times as much, quadratic 11 times.
  expect(many / few).toBeLessThan(7)
})

const request = (configuration: RunConfiguration, runsFolder: string) =>
  ({ kind: 'new', configuration, data: 'flowers', runsFolder, name: 'run', engine: { id: 'cpu' } }) as const

const portsIn = (picturesFolder: string) => ({
  picturesFolder,
  stop: new AbortController().signal,
  emit: () => undefined
})

test('an error keeps a run from starting, before any picture is read', async () => {
  const folder = await temporaryFolder()
  const preset = loadPreset('dcgan-32')
  const penalized = { ...preset, loss: { ...preset.loss, gradientPenalty: 'r1' as const } }
  const begin = () => trainSession(request(penalized, folder), portsIn(folder))
  const error = await rejection('architecture-invalid', begin)
  expect(String(error)).toContain(
    'discriminator, layer batch_normalization (BatchNormalization): expected no batch normalisation'
  )
})

test('the seed notebook’s broken pair, all repaired, trains 5 steps', async () => {
  const folder = await temporaryFolder()
  const { generator, discriminator } = notebookPair(2)
  const texts = [generator, discriminator].map((model) => ({ name: 'model.json', text: JSON.stringify(model) }))
  const imported = importModel(texts, loadPreset('chollet-32')).configuration
  const { configuration } = repairAll(imported, 'en')
  expect(configuration.architecture).toEqual(loadPreset('chollet-32').architecture)
  const { schedule, output } = configuration
  const short = {
    ...configuration,
    schedule: { ...schedule, steps: 5, batchSize: 4 },
    output: { ...output, sampleCount: 4, sampleEvery: 5, checkpointEvery: 5 }
  }
  expect(await trainSession(request(short, folder), portsIn(folder))).toMatchObject({ step: 5, reason: 'done' })
}, 300_000)
