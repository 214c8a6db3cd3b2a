import { type Handlers, studioContract } from '../../src/shared/contract/studio'
import { KwiatError } from '../../src/shared/errors'
import { keysOf, recordOf } from '../../src/shared/records'

const notMocked = (name: string) => (): never => {
  throw new KwiatError('internal', {
    who: name,
    expected: 'a handler in this test',
    actual: 'none',
    todo: 'give the mock one'
  })
}

/** A whole table of handlers, in which those that are not given fail. */
export const mockHandlers = (handlers: Partial<Handlers>): Handlers => ({
  ...recordOf(keysOf(studioContract.requests), notMocked),
  ...handlers
})
