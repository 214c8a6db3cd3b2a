import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { presetNames } from '../../src/main/model/presets'
import { bundleGpuProgram, type GpuProgram, whyNoGpu } from './support/runGpuProgram'

const timeoutMs = 300_000
/** Ten steps: single kernels agree to 1e-4. */
const tolerance = 1e-3

let program: GpuProgram

describe('the webgpu engine on SwiftShader', { timeout: timeoutMs }, () => {
  beforeAll(async () => {
    program = await bundleGpuProgram()
  })
  afterAll(() => program.remove())
  beforeEach(({ skip }) => {
    if (whyNoGpu !== null) {
      skip(whyNoGpu)
    }
  })

  it.each(presetNames)(
    'trains %s as the CPU engine does, leaves no kernel to the CPU and reads back figures only',
    async (name) => {
      const { outputs, tensors, fallbacks, bytesReadPerStep } = await program.start('parity', name)
      expect(outputs).toHaveLength(10)
      expect(Math.max(...outputs)).toBeLessThan(tolerance)
      expect(Object.keys(tensors).length).toBeGreaterThan(0)
      const worst = Object.entries(tensors).reduce((most, entry) => (entry[1] > most[1] ? entry : most))
      expect(worst[1], worst[0]).toBeLessThan(tolerance)
      expect(fallbacks).toEqual([])
      // Four figures of four bytes.
      expect(bytesReadPerStep).toBe(16)
    }
  )

  it('uses as much memory after 200 steps as after 20', async () => {
    const { last, stateBytes, grownBytes } = await program.start('memory')
    expect(last).toBe(200)
    // A buffer that is not given back at each step would be 180 of them.
    expect(grownBytes).toBeLessThan(10 * stateBytes)
  })

  it('goes on where the CPU engine stopped, and the other way round', async () => {
    const { differences } = await program.start('resume')
    expect(differences['webgpu, then cpu']).toBeLessThan(tolerance)
    expect(differences['cpu, then webgpu']).toBeLessThan(tolerance)
  })

  it('generates from the weights that are on the device', async () => {
    expect((await program.start('generate')).difference).toBeLessThan(tolerance)
  })

  describe('over a driver that fails', () => {
    beforeEach(({ skip }) => {
      if (spawnSync('cc', ['--version']).status !== 0) {
        skip('there is no C compiler to build the failing driver with')
      }
    })

    it.each([
      ['before the first step', '1'],
      ['in mid-training', '300']
    ])('names a device that is lost %s', async (_, after) => {
      const driver = await program.buildFailingDriver()
      const { code, message } = await program.start('fail', 'flowers-32', {
        ...driver,
        FAILING_FUNCTION: 'vkQueueSubmit',
        FAILING_RESULT: '-4',
        FAILING_AFTER: after
      })
      expect(code).toBe('device-lost')
      expect(message).toContain('go on from the last checkpoint')
    })

    it('names a device that has no memory left', async () => {
      const driver = await program.buildFailingDriver()
      const { code, message } = await program.start('fail', 'flowers-32', {
        ...driver,
        FAILING_FUNCTION: 'vkAllocateMemory',
        FAILING_RESULT: '-2',
        FAILING_AFTER: '3'
      })
      expect(code).toBe('out-of-memory')
      expect(message).toContain('lower the batch size')
    })
  })

  it('says how to get a driver where there is none', async () => {
    const { code, message } = await program.start('fail', 'flowers-32', { VK_ICD_FILENAMES: '/dev/null' })
    expect(code).toBe('engine-unavailable')
    expect(message).toContain('install the graphics driver')
  })
})
