import { appendFileSync } from 'node:fs'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kimgAfter } from '../../src/main/metrics/kimgAfter'
import { readMetrics, truncateMetrics } from '../../src/main/metrics/metricsFile'
import { MetricsWriter } from '../../src/main/metrics/metricsWriter'
import { advancePace, iterationsPerSecond, type Pace, secondsLeft, startPace } from '../../src/main/metrics/pace'
import { type Metrics, metricsSchema } from '../../src/shared/contract/metrics'
import { rejection } from '../support/rejection'
import { canMount, smallDisk } from '../support/smallDisk'
import { temporaryFolder } from '../support/temporaryFolder'
import { nodeError, watchedDisk } from '../support/watchedDisk'

const line = (step: number, changes: Partial<Metrics> = {}): Metrics => ({
  step,
  kimg: step * 0.032,
  seconds: step / 4,
  'loss/d': 1 / step,
  'loss/g': Math.sqrt(step),
  'score/real': 0.75,
  'score/fake': 0.25,
  ...changes
})

async function readAll(path: string): Promise<Metrics[]> {
  const lines: Metrics[] = []
  for await (const metrics of readMetrics(path)) {
    lines.push(metrics)
  }
  return lines
}

const newPath = async (): Promise<string> => join(await temporaryFolder(), 'metrics.jsonl')

/** A file with the lines of steps 1 to `count`, written by the writer. */
async function fileWithSteps(count: number): Promise<string> {
  const path = await newPath()
  const writer = await MetricsWriter.open(path, 0)
  for (let step = 1; step <= count; step++) {
    await writer.append(line(step))
  }
  await writer.close()
  return path
}

describe('MetricsWriter', () => {
  it('writes one line of JSON a step, which are read back as they were', async () => {
    const path = await fileWithSteps(200)
    expect(await readAll(path)).toEqual(Array.from({ length: 200 }, (_, i) => line(i + 1)))
    expect((await readFile(path, 'utf8')).split('\n')[1]).toBe(
      '{"step":2,"kimg":0.064,"seconds":0.5,"loss/d":0.5,"loss/g":1.4142135623730951,"score/real":0.75,"score/fake":0.25}'
    )
  })

  it('writes null for NaN and the infinities, and further measures under their names', async () => {
    const path = await newPath()
    const writer = await MetricsWriter.open(path, 0)
    await writer.append(line(1, { 'loss/d': Number.NaN, 'loss/g': Number.POSITIVE_INFINITY, 'score/swd': 3.5 }))
    await writer.close()
    expect(await readFile(path, 'utf8')).toContain('"loss/d":null,"loss/g":null')
    expect(await readAll(path)).toEqual([line(1, { 'loss/d': Number.NaN, 'loss/g': Number.NaN, 'score/swd': 3.5 })])
  })

  it('holds lines back, but not after a flush', async () => {
    const path = await newPath()
    const writer = await MetricsWriter.open(path, 0)
    await writer.append(line(1))
    expect(await readAll(path)).toEqual([])
    await writer.flush()
    expect(await readAll(path)).toEqual([line(1)])
    await writer.close()
  })

  it('never holds back more than 64 lines', async () => {
    const path = await newPath()
    const writer = await MetricsWriter.open(path, 0)
    for (let step = 1; step <= 70; step++) {
      await writer.append(line(step))
    }
    expect((await readAll(path)).length).toBe(64)
    await writer.close()
  })

  it('keeps lines in order when nobody waits for the writes', async () => {
    const path = await newPath()
    const writer = await MetricsWriter.open(path, 0)
    const writes = Array.from({ length: 500 }, (_, i) => writer.append(line(i + 1)))
    await Promise.all([...writes, writer.flush(), writer.flush()])
    await writer.close()
    expect((await readAll(path)).map(({ step }) => step)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1))
  })

  it('goes on after a resume: later lines and a half-written one are gone', async () => {
    const path = await fileWithSteps(10)
    await appendFile(path, '{"step":11,"kimg":0.3')
    const writer = await MetricsWriter.open(path, 7)
    await writer.append(line(8, { 'loss/d': 5 }))
    await writer.close()
    expect(await readAll(path)).toEqual([...[1, 2, 3, 4, 5, 6, 7].map((step) => line(step)), line(8, { 'loss/d': 5 })])
  })

  it('loses no line when a write fails in its middle and succeeds later', async () => {
    const path = await newPath()
    let isFull = false
    const disk = watchedDisk(({ kind }) => {
      if (isFull && kind === 'write') {
        appendFileSync(path, '{"step":2,"kimg":0.0')
        throw nodeError('ENOSPC')
      }
    })
    const writer = await MetricsWriter.open(path, 0, disk)
    await writer.append(line(1))
    await writer.flush()
    isFull = true
    await writer.append(line(2))
    await rejection('disk-full', () => writer.flush())
    expect(await readAll(path)).toEqual([line(1)])
    isFull = false
    await writer.append(line(3))
    await writer.close()
    expect(await readAll(path)).toEqual([line(1), line(2), line(3)])
  })

  it.skipIf(!canMount)('says that the disk is full, and goes on once there is space (needs mount)', async () => {
    const { folder } = smallDisk(1)
    const path = join(folder, 'metrics.jsonl')
    const writer = await MetricsWriter.open(path, 0)
    const filler = join(folder, 'filler')
    await writeFile(filler, new Uint8Array(2_000_000)).catch(() => undefined)
    await writer.append(line(1))
    const error = await rejection('disk-full', () => writer.flush())
    expect(error.message).toMatch(
      /^saving metrics in .*: expected \d+ B of free space, got a full disk with 0 B free; /
    )
    await writeFile(filler, '')
    await writer.append(line(2))
    await writer.close()
    expect(await readAll(path)).toEqual([line(1), line(2)])
  })
})

describe('truncateMetrics', () => {
  it.each([
    [0, 0],
    [1, 1],
    [7, 7],
    [10, 10],
    [99, 10]
  ])('after step %i leaves the very bytes of a run that stopped there (%i lines)', async (step, lines) => {
    const path = await fileWithSteps(10)
    const expected = await readFile(await fileWithSteps(lines), 'utf8')
    expect(await truncateMetrics(path, step)).toBe(expected.length)
    expect(await readFile(path, 'utf8')).toBe(expected)
  })

  it('keeps the last line up to a step that wasn’t logged itself', async () => {
    const path = await newPath()
    await writeFile(path, [10, 20, 30].map((step) => `${JSON.stringify(line(step))}\n`).join(''))
    await truncateMetrics(path, 25)
    expect((await readAll(path)).map(({ step }) => step)).toEqual([10, 20])
  })

  it('cuts at any place where a crash may have cut the last line', async () => {
    const path = await fileWithSteps(3)
    const whole = await readFile(path)
    const twoLines = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1
    for (let length = twoLines; length < whole.length; length++) {
      await writeFile(path, whole.subarray(0, length))
      expect((await readAll(path)).length).toBe(2)
      expect(await truncateMetrics(path, 3)).toBe(twoLines)
      expect(await readFile(path)).toEqual(whole.subarray(0, twoLines))
    }
  })

  it('keeps a damaged line in the middle out of the way', async () => {
    const path = await newPath()
    const texts = [JSON.stringify(line(1)), 'damaged', '{"step":2}', JSON.stringify(line(3)), JSON.stringify(line(4))]
    await writeFile(path, `${texts.join('\n')}\n`)
    expect(await readAll(path)).toEqual([line(1), line(3), line(4)])
    await truncateMetrics(path, 3)
    expect(await readFile(path, 'utf8')).toBe(`${texts.slice(0, 4).join('\n')}\n`)
  })

  it('does nothing where there is no file', async () => {
    const path = await newPath()
    expect(await truncateMetrics(path, 5)).toBe(0)
    expect(await readAll(path)).toEqual([])
    await expect(readFile(path)).rejects.toThrow('ENOENT')
  })

  it('reads lines that lie across the chunks of reading', async () => {
    const path = await fileWithSteps(3000)
    expect((await readFile(path)).length).toBeGreaterThan(5 * 65_536)
    expect((await readAll(path)).map(({ step }) => step)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1))
    await truncateMetrics(path, 2500)
    expect((await readAll(path)).at(-1)).toEqual(line(2500))
  })
})

describe('metricsSchema', () => {
  it('takes NaN as it crosses a process and null as it comes from a file', () => {
    expect(metricsSchema.parse({ ...line(1), 'loss/d': Number.NaN })['loss/d']).toBeNaN()
    expect(metricsSchema.parse({ ...line(1), 'loss/d': null })['loss/d']).toBeNaN()
  })

  it.each([
    { 'loss/d': undefined },
    { 'loss/d': '1' },
    { step: 1.5 },
    { step: -1 },
    { kimg: null },
    { 'score/swd': 'good' }
  ])('refuses %j', (changes) => {
    expect(metricsSchema.safeParse({ ...line(1), ...changes }).success).toBe(false)
  })
})

describe('kimgAfter', () => {
  it('counts the real pictures shown in thousands', () => {
    expect(kimgAfter(0, 10_000, 20, 1)).toBe(200)
    expect(kimgAfter(0, 500, 64, 5)).toBe(160)
    expect(kimgAfter(160, 0, 64, 1)).toBe(160)
    expect(kimgAfter(0.016, 2, 8, 1)).toBe(0.032)
  })
})

describe('pace', () => {
  /** Samples [step, milliseconds], the first being the start. */
  const paceOf = ([first, ...others]: readonly (readonly [number, number])[]): Pace =>
    others.reduce((pace, [step, timeMs]) => advancePace(pace, step, timeMs), startPace(first![0], first![1]))

  it('is unknown before two samples', () => {
    const pace = startPace(100, 5000)
    expect(iterationsPerSecond(pace)).toBe(null)
    expect(secondsLeft(pace, 1000)).toBe(null)
  })

  it('is steps by seconds while the speed is even, at any interval of samples', () => {
    const even = Array.from({ length: 50 }, (_, i) => [10 * i, 1000 + 2500 * i] as const)
    for (const count of [2, 3, 50]) {
      expect(iterationsPerSecond(paceOf(even.slice(0, count)))).toBeCloseTo(4, 12)
    }
    expect(secondsLeft(paceOf(even), 690)).toBeCloseTo(50, 10)
  })

  it('follows a change of speed as an exponential average of 15 seconds', () => {
    const slow = Array.from({ length: 1001 }, (_, i) => [i, 1000 * i] as const)
    const fast = Array.from({ length: 15 }, (_, i) => [1000 + 3 * (i + 1), 1_000_000 + 1000 * (i + 1)] as const)
    // After 15 s at 3/s, what was before at 1/s weighs 1/e.
    const expected = 3 - 2 / Math.E
    expect(iterationsPerSecond(paceOf([...slow, ...fast]))).toBeCloseTo(expected, 10)
  })

  it('has no time left at or behind the last step, and none to tell while nothing moves', () => {
    const pace = paceOf([
      [0, 0],
      [10, 1000]
    ])
    expect(secondsLeft(pace, 10)).toBe(0)
    expect(secondsLeft(pace, 5)).toBe(0)
    const still = paceOf([
      [5, 0],
      [5, 1000]
    ])
    expect(iterationsPerSecond(still)).toBe(0)
    expect(secondsLeft(still, 10)).toBe(null)
  })

  it('stays unknown when two samples have the same time', () => {
    expect(
      iterationsPerSecond(
        paceOf([
          [0, 7],
          [1, 7]
        ])
      )
    ).toBe(null)
  })
})
