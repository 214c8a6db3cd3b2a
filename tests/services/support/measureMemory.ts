import { readFileSync } from 'node:fs'
import { loadPreset } from '../../../src/main/model/presets'
import { initialState } from '../../../src/main/step/initialState'
import { drawStepInputs } from '../../../src/main/step/stepInputs'
import { createEngine } from '../../../src/main/train/createEngine'
import { prepareStep } from '../../../src/main/train/prepareStep'
import { applySetting } from '../../../src/shared/config/settings'
import { sizeOf } from '../../../src/shared/tensor'

/** `getrusage` counts the program that started this one too; the kernel's own record does not. */
function readPeakBytes(): number {
  if (process.platform !== 'linux') {
    return 1024 * process.resourceUsage().maxRSS
  }
  return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
}

/** Prints what a preset's training step needs at its peak, in bytes of resident memory, and how long its best step takes. */
async function measure(preset: string, settings: readonly string[]): Promise<void> {
  const configuration = settings.reduce((changed, setting) => {
    const [path, value] = setting.split('=')
    return applySetting(changed, path!, value!)
  }, loadPreset(preset))
  const engine = await createEngine({ id: 'cpu' })
  const state = initialState(configuration)
  const prepared = await prepareStep(engine, configuration, state)
  state.clear()
  const pictures = [...prepared.step.stepInputs.values()].flatMap(({ draw, dtype, shape }) =>
    draw.kind === 'pictures' ? [{ dtype, shape, data: new Uint8Array(sizeOf(shape)) }] : []
  )
  let bestMs = Number.POSITIVE_INFINITY
  for (let step = 0; step < 4; step++) {
    const start = performance.now()
    await prepared.executable.run(prepared.state, drawStepInputs(prepared.step, step, pictures))
    bestMs = Math.min(bestMs, performance.now() - start)
  }
  const peakBytes = readPeakBytes()
  process.stdout.write(JSON.stringify({ peakBytes, bestMs, flops: prepared.executable.facts.flops }))
}

const [, , preset = 'flowers-32', ...settings] = process.argv
void measure(preset, settings)
