import { describe, expect, it } from 'vitest'
import { Cancelled, describeError, KwiatError, reviveError, serializeError } from '../../src/shared/errors'

const parts = { who: 'a.zip', expected: 'a zip file', actual: 'text', todo: 'choose another file' }

const overTheWire = (error: unknown): Error => reviveError(JSON.parse(JSON.stringify(serializeError(error))))

describe('KwiatError', () => {
  it('says who, what was expected, what came and what to do in one sentence', () => {
    const error = new KwiatError('data-corrupt', parts)
    expect(error.message).toBe('a.zip: expected a zip file, got text; choose another file.')
    expect(describeError(error)).toBe(error.message)
  })

  it('keeps its cause', () => {
    const cause = new Error('bad magic')
    expect(new KwiatError('data-corrupt', parts, cause).cause).toBe(cause)
  })
})

describe('an error that crosses a process', () => {
  it('keeps class, code, parts, message and stack', () => {
    const error = new KwiatError('data-corrupt', parts)
    const revived = overTheWire(error)
    expect(revived).toBeInstanceOf(KwiatError)
    expect(revived).toMatchObject({ code: 'data-corrupt', parts, message: error.message, stack: error.stack })
  })

  it('stays a cancellation', () => {
    expect(overTheWire(new Cancelled())).toBeInstanceOf(Cancelled)
  })

  it('stays a bug, which is told apart from an expected failure', () => {
    const bug = new TypeError('x is undefined')
    expect(overTheWire(bug)).toMatchObject({ message: 'x is undefined', stack: bug.stack })
    expect(overTheWire('thrown text').message).toBe('thrown text')
    expect(describeError(overTheWire(bug))).toContain('an unforeseen fault (x is undefined)')
  })
})
