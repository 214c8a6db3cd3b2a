import { describe, expect, it } from 'vitest'
import { fromLatentBytes, toLatentBytes } from '../../../src/shared/latent/latentBytes'
import { rejection } from '../../support/rejection'

describe('latents as bytes', () => {
  it('are little-endian float32, and come back as they were from bytes that lie anywhere', () => {
    const latents = Float32Array.of(1, -2.5, 3e-9, 4)
    const bytes = toLatentBytes(latents.subarray(0, 4))
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0x80, 0x3f])
    const shifted = new Uint8Array(17)
    shifted.set(bytes, 1)
    expect(fromLatentBytes(shifted.subarray(1), 2)).toEqual(latents)
  })

  it('hold no more than the latents, so that nothing else crosses with them', () => {
    expect(toLatentBytes(new Float32Array(100).subarray(10, 12)).buffer.byteLength).toBe(8)
  })

  it.each([
    { of: 'another size', bytes: new Uint8Array(4 * 5), got: /12 bytes each.*got 20 bytes/ },
    { of: 'none', bytes: new Uint8Array(0), got: /got 0 bytes/ },
    { of: 'NaN', bytes: toLatentBytes(Float32Array.of(0, Number.NaN, 0)), got: /got NaN at position 1/ },
    { of: 'infinity', bytes: toLatentBytes(Float32Array.of(0, 0, -1 / 0)), got: /got -Infinity at position 2/ }
  ])('are refused where they are latents of $of', async ({ bytes, got }) => {
    expect((await rejection('latents-invalid', () => fromLatentBytes(bytes, 3))).message).toMatch(got)
  })
})
