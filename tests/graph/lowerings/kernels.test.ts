import { describe, it } from 'vitest'
import { Random } from '../../../src/shared/random/random'
import { expectParity } from '../../support/parity'
import { cases } from './cases'

describe('the compiler computes what tfjs does, and its gradient', () => {
  it.each(cases)('$name', async ({ name, run, inputs, gradient }) => {
    const random = new Random(1, 'generate')
    await expectParity(
      name,
      run,
      inputs.map((draw) => draw(random)),
      gradient
    )
  })
})
