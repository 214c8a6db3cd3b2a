import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  driversOf,
  parseCard,
  parseDisplays,
  parseNvidiaSmi,
  parseVideoControllers
} from '../../../src/main/services/engines/adapters'
import { candidatesAmong, EngineChooser, fastestOf } from '../../../src/main/services/engines/engineChooser'
import type { Adapter, EngineTrial } from '../../../src/shared/contract/engines'
import { KwiatError } from '../../../src/shared/errors'
import { tinyConfiguration } from '../../step/tinyRun'
import { temporaryFolder } from '../../support/temporaryFolder'

describe('what the system tells of GPUs', () => {
  it('by nvidia-smi', () => {
    expect(parseNvidiaSmi('NVIDIA GeForce RTX 4090, 550.54.14, 24564\n')).toEqual([
      { name: 'NVIDIA GeForce RTX 4090', driver: 'nvidia 550.54.14', memoryBytes: 24564 * 2 ** 20, isSoftware: false }
    ])
    expect(parseNvidiaSmi('')).toEqual([])
  })

  it('by Linux’ list of cards', () => {
    expect(parseCard('DRIVER=amdgpu\nPCI_ID=1002:744C', '', '21458059264')).toEqual({
      name: 'AMD 1002:744C',
      driver: 'amdgpu',
      memoryBytes: 21458059264,
      isSoftware: false
    })
    expect(parseCard('', '', '')).toBeNull()
  })

  it('by Windows, which can’t tell 4 GB and more', () => {
    const json = '{"Name":"Microsoft Basic Render Driver","DriverVersion":"10.0","AdapterRAM":4293918720}'
    expect(parseVideoControllers(json)).toEqual([
      { name: 'Microsoft Basic Render Driver', driver: '10.0', memoryBytes: null, isSoftware: true }
    ])
    expect(parseVideoControllers('nonsense')).toEqual([])
  })

  it('by macOS', () => {
    expect(parseDisplays('{"SPDisplaysDataType":[{"sppci_model":"Apple M3"}]}')).toEqual([
      { name: 'Apple M3', driver: 'Metal', memoryBytes: null, isSoftware: false }
    ])
  })

  it('by the environment, where SwiftShader is called a software', () => {
    expect(driversOf({ VK_ICD_FILENAMES: '/usr/lib/chromium/vk_swiftshader_icd.json' })).toMatchObject([
      { name: 'SwiftShader', isSoftware: true }
    ])
    expect(driversOf({})).toEqual([])
  })
})

const adapter: Adapter = { name: 'a GPU', driver: '1', memoryBytes: null, isSoftware: false }

const trial = (picturesPerSecond: number): EngineTrial => ({
  description: '',
  stepsPerSecond: 1,
  picturesPerSecond,
  stepsPerCall: 1,
  compileMs: null,
  fallbacks: 0
})

const failed = new KwiatError('engine-failed', { who: 'driver', expected: 'a', actual: 'b', todo: 'c' })

/** A chooser whose engines are so fast; null fails. Tells what it measured. */
async function chooserOver(rates: Readonly<Record<string, number | null>>, adapters: readonly Adapter[]) {
  const measured: string[] = []
  const memoryFile = join(await temporaryFolder(), 'engines.json')
  const open = (driver = '1') =>
    new EngineChooser({
      measure: async ({ engine: { id } }) => {
        measured.push(id)
        const rate = rates[id]
        if (rate == null) {
          throw failed
        }
        return trial(rate)
      },
      choiceOf: (id) => ({ id }),
      memoryFile,
      onNote: () => undefined,
      findAdapters: async () => adapters.map((each) => ({ ...each, driver }))
    })
  return { open, measured }
}

describe('the engine that "auto" takes', () => {
  const configuration = tinyConfiguration()
  const auto = { id: 'auto' } as const

  it('is the fastest, and is not measured again until the driver changes', async () => {
    const { open, measured } = await chooserOver({ cpu: 10, webgpu: 90 }, [adapter])
    expect(await open().choose(auto, configuration)).toEqual({ id: 'webgpu' })
    expect(await open().choose(auto, configuration)).toEqual({ id: 'webgpu' })
    expect(measured).toEqual(['cpu', 'webgpu'])
    await open('2').choose(auto, configuration)
    expect(measured).toEqual(['cpu', 'webgpu', 'cpu', 'webgpu'])
  })

  it('is not one that fails or that measures slower', async () => {
    const failing = await chooserOver({ cpu: 10, webgpu: null }, [adapter])
    expect(await failing.open().choose(auto, configuration)).toEqual({ id: 'cpu' })
    const slow = await chooserOver({ cpu: 10, webgpu: 0.1 }, [{ ...adapter, isSoftware: true }])
    expect(await slow.open().choose(auto, configuration)).toEqual({ id: 'cpu' })
  })

  it('is the CPU without a trial where there is no GPU', async () => {
    const { open, measured } = await chooserOver({ cpu: 10 }, [])
    expect(await open().choose({ id: 'auto', threads: 2 }, configuration)).toEqual({ id: 'cpu', threads: 2 })
    expect(measured).toEqual([])
    expect(candidatesAmong([], undefined)).toEqual(['cpu'])
  })

  it('gives way to what the user asked for', async () => {
    const { open, measured } = await chooserOver({}, [adapter])
    expect(await open().choose({ id: 'eager' }, configuration)).toEqual({ id: 'eager' })
    expect(measured).toEqual([])
  })

  it('is none where none was measured', () => {
    expect(fastestOf({ webgpu: null })).toBeNull()
  })
})
