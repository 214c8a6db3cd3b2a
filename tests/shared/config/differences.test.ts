import { expect, test } from 'vitest'
import { describeDifference, differencesBetween } from '../../../src/shared/config/differences'

test('each setting that differs is named with both values, at any depth', () => {
  const from = { loss: { kind: 'minimax', realTarget: 1 }, classes: ['frog'], layers: [{ units: 8 }] }
  const to = { loss: { kind: 'minimax', realTarget: 0.9 }, classes: [], layers: [{ units: 8 }, { units: 4 }] }
  const differences = differencesBetween(from, to)
  expect(differences).toEqual([
    { path: 'loss.realTarget', from: 1, to: 0.9 },
    { path: 'classes', from: ['frog'], to: [] },
    { path: 'layers.1.units', to: 4 }
  ])
  expect(differences.map(describeDifference)).toEqual([
    'loss.realTarget: 1 → 0.9',
    'classes: ["frog"] → []',
    'layers.1.units: nothing → 4'
  ])
})

test('equal settings have no differences, in whatever order they stand; off (null) is a value', () => {
  expect(differencesBetween({ a: 1, b: { c: null } }, { b: { c: null }, a: 1 })).toEqual([])
  expect(differencesBetween({ clip: null }, { clip: 1 })).toEqual([{ path: 'clip', from: null, to: 1 }])
})
