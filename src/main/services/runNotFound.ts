import { KwiatError } from '../../shared/errors'

export const runNotFound = (id: string): KwiatError =>
  new KwiatError('run-not-found', {
    who: `run ${id}`,
    expected: 'its folder',
    actual: 'none',
    todo: 'look whether it was moved or removed'
  })
