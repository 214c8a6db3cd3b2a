import { describe, expect, it } from 'vitest'
import { withCleanup } from '../../src/shared/withCleanup'

describe('withCleanup', () => {
  it('gives what the work gave, and closes last what was opened first', async () => {
    const closed: string[] = []
    const value = await withCleanup(async (atEnd) => {
      atEnd(async () => void closed.push('first'))
      atEnd(async () => void closed.push('second'))
      return 7
    })
    expect({ value, closed }).toEqual({ value: 7, closed: ['second', 'first'] })
  })

  it('closes everything after a failure, and throws the first one', async () => {
    const closed: string[] = []
    const work = withCleanup(async (atEnd) => {
      atEnd(async () => void closed.push('first'))
      atEnd(async () => {
        throw new Error('of closing')
      })
      throw new Error('of the work')
    })
    await expect(work).rejects.toThrow('of the work')
    expect(closed).toEqual(['first'])
  })

  it('throws a failure of closing when the work succeeded', async () => {
    const work = withCleanup(async (atEnd) => {
      atEnd(async () => {
        throw new Error('of closing')
      })
      return 7
    })
    await expect(work).rejects.toThrow('of closing')
  })
})
