import { describe, expect, it } from 'vitest'
import { decodeLatents, encodeLatentsJson } from '../../src/main/latent/latentsFile'
import { encodeNpy } from '../../src/main/latent/npy'
import { Random } from '../../src/shared/random/random'
import { rejection } from '../support/rejection'

const latents = new Random(1, 'generate').normals(6)
const rows = { count: 2, latentSize: 3, latents }
const origin = { run: 'abcdef', step: 500, weights: 'ema' as const }

/** Kwiat's JSON with these fields. */
const file = (fields: object) =>
  JSON.stringify({ format: 'kwiat-latents', formatVersion: 1, latentSize: 3, model: null, ...fields })

describe('latents as JSON', () => {
  it('come back bit for bit, and say where they are from', () => {
    const bytes = encodeLatentsJson(rows, origin)
    expect(decodeLatents(bytes, 3, 'file')).toEqual(latents)
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
      format: 'kwiat-latents',
      formatVersion: 1,
      latentSize: 3,
      model: origin
    })
    expect(decodeLatents(encodeLatentsJson(rows, null), 3, 'file')).toEqual(latents)
  })

  it.each([
    { of: 'no JSON', text: 'latents', got: /mistake at its top/ },
    { of: 'other JSON', text: '{"latents": [[1, 2, 3]]}', got: /mistake at format/ },
    { of: 'a newer version', text: file({ formatVersion: 2, latents: [[1, 2, 3]] }), got: /mistake at formatVersion/ },
    {
      of: 'a latent that is too short',
      text: file({
        latents: [
          [1, 2, 3],
          [1, 2]
        ]
      }),
      got: /latent 2: expected 3 numbers, got 2/
    },
    { of: 'none', text: file({ latents: [] }), got: /mistake at latents/ },
    { of: 'of another size', text: file({ latentSize: 2, latents: [[1, 2]] }), got: /of 3 numbers.*got latents of 2/ },
    { of: 'beyond float32', text: file({ latents: [[1, 2, 1e300]] }), got: /got Infinity at position 2/ }
  ])('are refused where they are $of', async ({ text, got }) => {
    const { message } = await rejection('latents-invalid', () => decodeLatents(Buffer.from(text), 3, 'my.json'))
    expect(message).toMatch(/^my.json/)
    expect(message).toMatch(got)
  })
})

/** A .npy with this header, and these bytes after it. */
function npy(header: string, data: Uint8Array, version = 1): Buffer {
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  length.writeUIntLE(header.length, 0, length.length)
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.of(version, 0), length, Buffer.from(header), data])
}
const header = (type: string, order: string, shape: string) =>
  `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`
const bytesOf = (values: Float32Array | Float64Array) => new Uint8Array(values.buffer)
const three = bytesOf(Float32Array.of(1, 2, 3))

describe('latents as .npy', () => {
  it('come back bit for bit', () => {
    expect(decodeLatents(encodeNpy(rows), 3, 'file')).toEqual(latents)
  })

  it('have the bytes that NumPy’s format 1.0 prescribes', () => {
    const bytes = Buffer.from(encodeNpy(rows))
    const text = bytes.subarray(0, 128).toString('latin1')
    expect(text.slice(0, 6)).toBe('\x93NUMPY')
    expect([...bytes.subarray(6, 10)]).toEqual([1, 0, 118, 0])
    expect(text.slice(10).trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
    expect(text.endsWith(' \n')).toBe(true)
    expect(bytes.subarray(128)).toEqual(Buffer.from(bytesOf(latents)))
  })

  it('are read as float64, of one dimension, and of version 2 as well', () => {
    const one = npy(header('<f8', 'False', '(3,)'), bytesOf(Float64Array.of(1, 2, 3)))
    expect([...decodeLatents(one, 3, 'file')]).toEqual([1, 2, 3])
    expect([...decodeLatents(npy(header('<f4', 'False', '(1, 3)'), three, 2), 3, 'file')]).toEqual([1, 2, 3])
  })

  it.each([
    { of: 'integers', bytes: npy(header('<i4', 'False', '(1, 3)'), three) },
    { of: 'in Fortran order', bytes: npy(header('<f4', 'True', '(1, 3)'), three) },
    { of: 'of three dimensions', bytes: npy(header('<f4', 'False', '(1, 1, 3)'), three) },
    { of: 'too few numbers', bytes: npy(header('<f4', 'False', '(2, 3)'), three) },
    { of: 'none', bytes: npy(header('<f4', 'False', '(0, 3)'), Buffer.of()) },
    { of: 'under another header', bytes: npy('{}\n', three) },
    { of: 'in a file that ends early', bytes: Buffer.from('\x93NUMPY\x01', 'latin1') },
    { of: 'of another size', bytes: encodeNpy({ count: 3, latentSize: 2, latents }) },
    { of: 'NaN', bytes: encodeNpy({ count: 1, latentSize: 3, latents: Float32Array.of(1, Number.NaN, 2) }) }
  ])('are refused where they are $of', async ({ bytes }) => {
    const { message } = await rejection('latents-invalid', () => decodeLatents(bytes, 3, 'my.npy'))
    expect(message).toMatch(/^my.npy/)
  })
})
