import { expect, it } from 'vitest'
import { networkRows } from '../../../../src/renderer/views/model/rows'
import { parseRunConfiguration } from '../../../../src/shared/config/parse'
import { cholletConfiguration } from '../../support/configurations'
import { examinationOf, problemOf } from '../../support/model'

const skipping = parseRunConfiguration({
  ...cholletConfiguration,
  architecture: {
    ...cholletConfiguration.architecture,
    discriminator: [
      { type: 'Conv2D', name: 'a', filters: 3, kernelSize: 3, padding: 'same' },
      { type: 'LeakyReLU' },
      { type: 'Conv2D', name: 'b', filters: 3, kernelSize: 3, padding: 'same' },
      { type: 'Add', inputs: ['b', 'input'] },
      { type: 'Flatten', inputs: ['a'] }
    ]
  }
})

it('a card says what it reads, and skipping connections run beside the cards', () => {
  const { rows, inputLanes, laneCount } = networkRows(skipping, 'discriminator', [1, 2, 3, 4, 5], null)
  expect(rows.map(({ name, inputs, readsAbove }) => [name, inputs, readsAbove])).toEqual([
    ['a', ['input'], true],
    ['leaky_re_lu', ['a'], true],
    ['b', ['leaky_re_lu'], true],
    ['add', ['b', 'input'], true],
    ['flatten', ['a'], false]
  ])
  expect(laneCount).toBe(2)
  expect(inputLanes).toEqual([{ lane: 0, comes: false, goes: true, touches: true }])
  expect(rows.map(({ lanes }) => lanes.map(({ lane, touches }) => `${lane}${touches ? 'o' : '|'}`))).toEqual([
    ['0|', '1o'],
    ['0|', '1|'],
    ['0|', '1|'],
    ['0o', '1|'],
    ['1o']
  ])
})

it('problems stand on the card of their layer', () => {
  const problems = [problemOf({ position: 1, layer: 'leaky_re_lu' }), problemOf({ network: null, position: null })]
  const { rows } = networkRows(skipping, 'generator', [], examinationOf(skipping, problems))
  expect(rows.map((row) => row.problems.length)).toEqual(rows.map((_, i) => (i === 1 ? 1 : 0)))
})
