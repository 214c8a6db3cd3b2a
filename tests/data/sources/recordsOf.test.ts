import { describe, expect, it } from 'vitest'
import { recordsOf } from '../../../src/main/data/sources/recordsOf'
import { rejection } from '../../support/rejection'

async function* chunks(...lengths: number[]): AsyncGenerator<Uint8Array> {
  let next = 0
  for (const length of lengths) {
    yield Uint8Array.from({ length }, () => next++)
  }
}

async function records(lengths: number[], recordBytes: number, headerBytes?: number): Promise<number[][]> {
  const all: number[][] = []
  for await (const record of recordsOf('file', chunks(...lengths), recordBytes, headerBytes)) {
    all.push([...record])
  }
  return all
}

describe('recordsOf', () => {
  it.each([
    { lengths: [6] },
    { lengths: [1, 1, 1, 1, 1, 1] },
    { lengths: [2, 3, 1] },
    { lengths: [5, 1] },
    { lengths: [4, 2] },
    { lengths: [0, 6, 0] }
  ])('cuts the same records from chunks of $lengths bytes', async ({ lengths }) => {
    expect(await records(lengths, 3)).toEqual([
      [0, 1, 2],
      [3, 4, 5]
    ])
    expect(await records(lengths, 2, 2)).toEqual([
      [2, 3],
      [4, 5]
    ])
  })

  it('fails when the file ends within a record', async () => {
    const error = await rejection('data-corrupt', () => records([3, 2], 2))
    expect(error.message).toMatch(/^file: expected records of 2 bytes, got 1 bytes at its end; /)
  })
})
