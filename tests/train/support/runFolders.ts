import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { checkpointsFolder, stepName } from '../../../src/main/checkpoints/checkpointPaths'
import { listCheckpoints } from '../../../src/main/checkpoints/listCheckpoints'
import { stateFiles } from '../../../src/main/checkpoints/manifest'
import { verifyCheckpoint } from '../../../src/main/checkpoints/readCheckpoint'
import { readMetrics } from '../../../src/main/metrics/metricsFile'

/** The bytes of the four safetensors files of a checkpoint, by name. */
export async function stateBytes(run: string, step: number): Promise<Record<string, Buffer>> {
  const folder = join(checkpointsFolder(run), stepName(step))
  const files = stateFiles.map(async (file) => [file, await readFile(join(folder, file))] as const)
  return Object.fromEntries(await Promise.all(files))
}

/** Expects that every byte of every checkpoint is as it was saved, and gives their steps, newest first. */
export async function wholeCheckpoints(run: string): Promise<number[]> {
  const listed = await listCheckpoints(run)
  for (const { folder } of listed) {
    expect(await verifyCheckpoint(folder)).toMatchObject({ whole: true })
  }
  return listed.map(({ step }) => step)
}

/** Everything below a folder, sorted, with "/" at the end of folders. */
export async function everythingIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const nested = entries.map(async (entry) => {
    const inside = entry.isDirectory() ? await everythingIn(join(folder, entry.name)) : []
    return [entry.isDirectory() ? `${entry.name}/` : entry.name, ...inside.map((name) => `${entry.name}/${name}`)]
  })
  return (await Promise.all(nested)).flat().sort()
}

/** Steps of the lines of a run's metrics. */
export async function metricSteps(run: string): Promise<number[]> {
  const steps: number[] = []
  for await (const { step } of readMetrics(join(run, 'metrics.jsonl'))) {
    steps.push(step)
  }
  return steps
}

/** Changes one byte in the middle of a file. */
export function flipByte(bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes)
  const middle = flipped.length >> 1
  flipped.writeUInt8(flipped.readUInt8(middle) ^ 1, middle)
  return flipped
}
