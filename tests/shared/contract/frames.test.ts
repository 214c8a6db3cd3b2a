import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from '../../../src/shared/contract/frames'

describe('frames', () => {
  it('carry bytes through text, a Node Buffer as well as a Uint8Array', () => {
    const message = { png: Uint8Array.of(0, 127, 255), inner: [Buffer.from([1, 2, 3])], text: 'x' }
    const decoded = decodeFrame(encodeFrame(message))
    expect(decoded).toEqual({ png: Uint8Array.of(0, 127, 255), inner: [Uint8Array.of(1, 2, 3)], text: 'x' })
  })
})
