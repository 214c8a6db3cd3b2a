import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { trace } from '../../../src/main/graph/compile'
import { GraphBuilder } from '../../../src/main/graph/ir/builder'
import { refusals } from '../../../src/main/graph/refusals'
import { lowerings } from '../../../src/main/graph/registerLowerings'
import { Trace } from '../../../src/main/graph/trace/trace'
import { Random } from '../../../src/shared/random/random'
import { parityProgram } from '../../support/parity'
import { cases } from './cases'

const path = fileURLToPath(new URL('../../../docs/kernels.md', import.meta.url))
const kernels = lowerings.map(({ kernel }) => kernel).sort((a, b) => a.localeCompare(b))

/** Notes which operators are built for which kernel, also those that are known already and so are not built again. */
function observeBuilders(): Map<string, Set<string>> {
  const operators = new Map(kernels.map((kernel) => [kernel, new Set<string>()]))
  const build = GraphBuilder.prototype.op
  vi.spyOn(GraphBuilder.prototype, 'op').mockImplementation(function (this: GraphBuilder, op, inputs, attributes) {
    operators.get(this.origin.kernel)!.add(op)
    return build.call(this, op, inputs, attributes)
  })
  return operators
}

/** Traces all cases for both targets. */
function traceCases(): void {
  for (const { name, run, inputs, gradient } of cases) {
    const random = new Random(1, 'generate')
    const { program } = parityProgram(
      name,
      run,
      inputs.map((draw) => draw(random)),
      gradient
    )
    trace(program, { target: 'cpu', currentLayer: () => undefined })
    trace(program, { target: 'gpu', currentLayer: () => undefined })
  }
}

/** What people wrote in the last column. */
function notesIn(document: string): Map<string, string> {
  const rows = document.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
  return new Map(rows.flatMap(([, kernel, , note]) => (kernel && note ? [[kernel, note] as const] : [])))
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

describe('the support table', () => {
  beforeEach(() => tf.setBackend('cpu'))
  afterEach(() => vi.restoreAllMocks())

  it('exercises every lowering, and docs/kernels.md says what each becomes (update it with vitest -u)', async () => {
    const entered = vi.spyOn(Trace.prototype, 'enterKernel')
    const operators = observeBuilders()
    traceCases()
    const exercised = new Set(entered.mock.calls.map(([kernel]) => kernel))
    expect(kernels.filter((kernel) => !exercised.has(kernel))).toEqual([])

    const document = existsSync(path) ? readFileSync(path, 'utf8') : ''
    const [preface = ''] = document.split('\n## Lowered')
    const notes = notesIn(document)
    const lowered = kernels.map((kernel) => {
      const names = [...operators.get(kernel)!].sort()
      return [kernel, names.length === 0 ? 'a constant' : names.join(', '), notes.get(kernel) ?? '']
    })
    const expected = [
      `${preface.trimEnd()}\n`,
      '## Lowered\n',
      `${table(['Kernel', 'ONNX operators', 'Notes'], lowered)}\n`,
      '## Refused\n',
      `${table(['Kernel', 'Why'], [...refusals])}\n`
    ].join('\n')
    await expect(expected).toMatchFileSnapshot(path)
  })
})
