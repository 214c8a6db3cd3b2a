import { createReadStream } from 'node:fs'
import { type Metrics, metricsSchema } from '../../shared/contract/metrics'
import { parseJson } from '../../shared/parseJson'
import { type Disk, nodeDisk } from '../files/disk'
import { exists } from '../files/exists'

const lineFeed = 0x0a

interface Line {
  readonly metrics: Metrics
  /** Where the next line starts, in bytes. */
  readonly end: number
}

/**
 * Reads a metrics file line by line; none when there is no such file. A last line without its line feed is one that a
 * crash cut, and is left out, as is any line that isn't readable: a damaged plot must not keep a run from going on.
 */
export async function* readMetrics(path: string): AsyncGenerator<Metrics> {
  for await (const { metrics } of readLines(path)) {
    yield metrics
  }
}

/** The step of the last whole line; null when there is none. */
export async function lastLoggedStep(path: string): Promise<number | null> {
  let last: number | null = null
  for await (const { step } of readMetrics(path)) {
    last = step
  }
  return last
}

/**
 * Cuts everything after `step`, half-written lines included, in one operation of the file system, and returns the
 * length in bytes of what is left.
 */
export async function truncateMetrics(path: string, step: number, disk: Disk = nodeDisk): Promise<number> {
  const length = await lengthThrough(path, step)
  if (await exists(path)) {
    const file = await disk.openFile(path)
    try {
      await file.truncate(length)
      await file.sync()
    } finally {
      await file.close()
    }
  }
  return length
}

/** Bytes of a metrics file up to and with the line of `step`. */
export async function lengthThrough(path: string, step: number): Promise<number> {
  let length = 0
  for await (const { metrics, end } of readLines(path)) {
    if (metrics.step > step) {
      break
    }
    length = end
  }
  return length
}

async function* readLines(path: string): AsyncGenerator<Line> {
  if (!(await exists(path))) {
    return
  }
  let rest = Buffer.alloc(0)
  let end = 0
  for await (const chunk of byteChunks(path)) {
    rest = Buffer.concat([rest, chunk])
    for (let feed = rest.indexOf(lineFeed); feed >= 0; feed = rest.indexOf(lineFeed)) {
      const metrics = metricsSchema.safeParse(parseJson(rest.toString('utf8', 0, feed))).data
      rest = rest.subarray(feed + 1)
      end += feed + 1
      if (metrics !== undefined) {
        yield { metrics, end }
      }
    }
  }
}

const byteChunks = (path: string): AsyncIterable<Buffer> => createReadStream(path)
