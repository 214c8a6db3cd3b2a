import type { LayerSpec } from './layers'

/** A field of a layer with its two values; undefined where it is left out. */
interface FieldDifference {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

/** One line of the comparison of two networks. */
export type LayerChange =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly layer: LayerSpec }
  | { readonly kind: 'changed'; readonly layer: LayerSpec; readonly differences: readonly FieldDifference[] }

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function fieldDifferences(from: LayerSpec, to: LayerSpec): readonly FieldDifference[] {
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, from: before.get(field), to: after.get(field) }))
    .filter((difference) => !isSame(difference.from, difference.to))
}

/** Pairs of layers of one type cost little, so that they are told as changed rather than as removed and added. */
function costOf(from: LayerSpec, to: LayerSpec): number {
  if (from.type !== to.type) {
    return Number.POSITIVE_INFINITY
  }
  return isSame(from, to) ? 0 : 1
}

const gapCost = 1

/** Costs of the cheapest way from the first `i` layers of one network to the first `j` of the other, as [i][j]. */
function alignmentCosts(from: readonly LayerSpec[], to: readonly LayerSpec[]): readonly (readonly number[])[] {
  const costs: number[][] = [[0, ...to.map((_, j) => (j + 1) * gapCost)]]
  for (const [i, before] of from.entries()) {
    const above = costs[i]!
    const row = [(i + 1) * gapCost]
    for (const [j, after] of to.entries()) {
      row.push(Math.min(above[j]! + costOf(before, after), above[j + 1]! + gapCost, row[j]! + gapCost))
    }
    costs.push(row)
  }
  return costs
}

function pairOf(before: LayerSpec, after: LayerSpec): LayerChange {
  const differences = fieldDifferences(before, after)
  return differences.length === 0 ? { kind: 'same', layer: after } : { kind: 'changed', layer: after, differences }
}

/** What turns one network into another with as few changes as possible, in the order of the layers (an edit distance). */
export function layerDifferences(from: readonly LayerSpec[], to: readonly LayerSpec[]): readonly LayerChange[] {
  const costs = alignmentCosts(from, to)
  const changes: LayerChange[] = []
  let [i, j] = [from.length, to.length]
  while (i > 0 || j > 0) {
    const [before, after] = [from[i - 1], to[j - 1]]
    const here = costs[i]![j]!
    if (before !== undefined && after !== undefined && here === costs[i - 1]![j - 1]! + costOf(before, after)) {
      changes.push(pairOf(before, after))
      i--
      j--
    } else if (before !== undefined && here === costs[i - 1]![j]! + gapCost) {
      changes.push({ kind: 'removed', layer: before })
      i--
    } else {
      changes.push({ kind: 'added', layer: after! })
      j--
    }
  }
  return changes.reverse()
}
