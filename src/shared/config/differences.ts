import { z } from 'zod'

/** One setting that differs; a side that doesn't have it is left out. */
export const differenceSchema = z.strictObject({
  /** As "loss.realTarget" or "architecture.generator.0.units". */
  path: z.string(),
  from: z.json().exactOptional(),
  to: z.json().exactOptional()
})
export type Difference = Readonly<z.infer<typeof differenceSchema>>

type Leaves = ReadonlyMap<string, z.core.util.JSONType>

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A list of plain values, as of classes, is one setting. */
const hasSettings = (value: unknown): value is object =>
  Array.isArray(value) ? value.some(isObject) : isObject(value) && Object.keys(value).length > 0

/** All settings below `value` by their path. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly [string, z.core.util.JSONType])[] {
  if (hasSettings(value)) {
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]))
  }
  return value === undefined ? [] : [[path.join('.'), z.json().parse(value)]]
}

const side = <Name extends string>(name: Name, leaves: Leaves, path: string) =>
  leaves.has(path) ? { [name]: leaves.get(path) } : {}

/** The settings in which two configurations differ, in the order of their fields; equal ones give an empty list. */
export function differencesBetween(from: unknown, to: unknown): Difference[] {
  const [before, after]: Leaves[] = [new Map(leavesOf(from)), new Map(leavesOf(to))]
  return [...new Set([...before!.keys(), ...after!.keys()])]
    .filter((path) => JSON.stringify(before!.get(path)) !== JSON.stringify(after!.get(path)))
    .map((path) => ({ path, ...side('from', before!, path), ...side('to', after!, path) }))
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

/** As "loss.realTarget: 1 → 0.9". */
export const describeDifference = ({ path, from, to }: Difference): string => `${path}: ${shown(from)} → ${shown(to)}`
