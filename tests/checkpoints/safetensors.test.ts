import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../src/main/checkpoints/safetensors'
import { Random } from '../../src/shared/random/random'
import { type DataType, float32, type HostTensor, sizeOf } from '../../src/shared/tensor'
import { rejection } from '../support/rejection'

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** A file with this header and this many bytes of data, without any of the encoder's checks. */
function fileOf(header: string, dataBytes: number): Uint8Array {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)))
  return join([length, Buffer.from(header), new Uint8Array(dataBytes)])
}

function randomTensor(random: Random): HostTensor {
  const dtype = (['float32', 'int32', 'uint8', 'bool'] as const satisfies DataType[])[random.integer(4)]!
  const shape = Array.from({ length: random.integer(5) }, () => random.integer(5))
  const words = Array.from({ length: sizeOf(shape) }, () => random.word())
  switch (dtype) {
    case 'float32':
      return { dtype, shape, data: new Float32Array(Uint32Array.from(words, (word) => word & 0x7f7fffff).buffer) }
    case 'int32':
      return { dtype, shape, data: Int32Array.from(words) }
    case 'uint8':
      return { dtype, shape, data: Uint8Array.from(words) }
    case 'bool':
      return { dtype, shape, data: Uint8Array.from(words, (word) => word & 1) }
  }
}

describe('encodeSafetensors', () => {
  it('writes the very bytes that the format describes', () => {
    const tensors = new Map<string, HostTensor>([
      ['b', { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) }],
      ['a', { dtype: 'uint8', shape: [2], data: Uint8Array.of(7, 8) }],
      ['w', float32(Float32Array.of(1, -2), [1, 2])]
    ])
    const header =
      '{"__metadata__":{"kwiat":"x"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},' +
      '"a":{"dtype":"U8","shape":[2],"data_offsets":[8,10]},"b":{"dtype":"BOOL","shape":[3],"data_offsets":[10,13]}}'
    const padded = header.padEnd(200, ' ')
    const expected = [200, 0, 0, 0, 0, 0, 0, 0, ...Buffer.from(padded), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7, 8, 1, 0, 1]
    expect([...join(encodeSafetensors(tensors, { kwiat: 'x' }))]).toEqual(expected)
  })

  it('writes the very bytes that the reference implementation writes', () => {
    // Made by Python's safetensors 0.8.0: save_file({'b': [True, False, True], 'w': arange(6) as 2×3, 'i': -7}).
    const header =
      '{"__metadata__":{"who":"python"},"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},' +
      '"i":{"dtype":"I32","shape":[],"data_offsets":[24,28]},"b":{"dtype":"BOOL","shape":[3],"data_offsets":[28,31]}} '
    const data = '000000000000803f0000004000004040000080400000a040f9ffffff010001'
    const file = join([Uint8Array.of(200, 0, 0, 0, 0, 0, 0, 0), Buffer.from(header), Buffer.from(data, 'hex')])
    const { tensors, metadata } = decodeSafetensors(file, 'file')
    expect(Object.fromEntries(tensors)).toEqual({
      w: float32(Float32Array.of(0, 1, 2, 3, 4, 5), [2, 3]),
      i: { dtype: 'int32', shape: [], data: Int32Array.of(-7) },
      b: { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) }
    })
    expect(join(encodeSafetensors(tensors, metadata))).toEqual(file)
  })

  it('gives the same bytes whatever the order of the tensors', () => {
    const random = new Random(1, 'generate')
    const tensors = Array.from({ length: 12 }, (_, i): [string, HostTensor] => [`t/${i}`, randomTensor(random)])
    const forward = join(encodeSafetensors(new Map(tensors)))
    expect(join(encodeSafetensors(new Map(tensors.toReversed())))).toEqual(forward)
  })

  it('copies no weights: the parts are views of the tensors’ own memory', () => {
    const data = new Float32Array(10).subarray(2, 8)
    const [, part] = encodeSafetensors(new Map([['w', float32(data, [6])]]))
    expect(part?.buffer).toBe(data.buffer)
    expect([part?.byteOffset, part?.byteLength]).toEqual([8, 24])
  })

  it('refuses a tensor whose data don’t fit its shape or its type', () => {
    const encode = (tensor: HostTensor) => () => encodeSafetensors(new Map([['w', tensor]]))
    expect(encode(float32(new Float32Array(5), [2, 3]))).toThrow('its data must be 6 elements')
    expect(encode({ dtype: 'float32', shape: [4], data: new Uint8Array(4) })).toThrow('elements of 4 bytes')
  })
})

describe('decodeSafetensors', () => {
  it('gives back what was encoded, for random shapes, types and names, each tensor aligned', () => {
    const random = new Random(2, 'generate')
    for (let round = 0; round < 50; round++) {
      const count = random.integer(8)
      const tensors = new Map(
        Array.from({ length: count }, (_, i) => [`${random.word()}/ż “${i}”\n`, randomTensor(random)])
      )
      const metadata = { round: String(round) }
      const bytes = join(encodeSafetensors(tensors, metadata))
      const decoded = decodeSafetensors(bytes, 'file')
      expect(decoded.metadata).toEqual(metadata)
      expect([...decoded.tensors].sort()).toEqual([...tensors].sort())
      const shared = [...decoded.tensors.values()].every(({ data }) => data.buffer === bytes.buffer)
      expect(shared).toBe(true)
    }
  })

  it('reads a file of another program whose tensors aren’t aligned', () => {
    const header =
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}'
    const bytes = fileOf(header, 5)
    bytes.set([9, 0, 0, 0x80, 0x3f], bytes.length - 5)
    const { tensors } = decodeSafetensors(bytes, 'file')
    expect(tensors.get('w')).toEqual(float32(Float32Array.of(1), [1]))
    expect(tensors.get('a')?.data).toEqual(Uint8Array.of(9))
  })

  const entry = (dtype: string, shape: string, offsets: string) =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`
  const f32 = (shape: string, offsets: string) => entry('F32', shape, offsets)
  const malformed: [string, Uint8Array, string][] = [
    ['fewer than eight bytes', new Uint8Array(5), 'only 5 bytes'],
    ['a header longer than the file', fileOf('{}', 0).fill(9, 0, 1), 'at most 2 bytes'],
    ['a header length that no number holds', fileOf('{}', 0).fill(0xff, 0, 8), 'one of 18446744073709551615 bytes'],
    ['a header that isn’t JSON', fileOf('{"a":', 0), 'header in JSON'],
    ['a header that is a list', fileOf('[]', 0), 'header in JSON'],
    ['metadata that aren’t texts', fileOf('{"__metadata__":{"a":1}}', 0), 'texts in __metadata__'],
    ['a tensor without a shape', fileOf('{"a":{"dtype":"F32","data_offsets":[0,0]}}', 0), 'of tensor a'],
    ['a negative dimension', fileOf(`{"a":${f32('[-1]', '[0,4]')}}`, 4), 'of tensor a'],
    ['an element type that Kwiat doesn’t have', fileOf(`{"a":${entry('F16', '[2]', '[0,4]')}}`, 4), 'got F16'],
    [
      'a size that isn’t the product of the shape',
      fileOf(`{"a":${f32('[2,3]', '[0,20]')}}`, 20),
      '24 bytes for tensor a'
    ],
    ['a shape too large for any memory', fileOf(`{"a":${f32('[9007199254740991,4]', '[0,4]')}}`, 4), 'for tensor a'],
    ['an end before the start', fileOf(`{"a":${f32('[0]', '[4,0]')}}`, 4), 'for tensor a'],
    ['a tensor behind the end of the file', fileOf(`{"a":${f32('[2]', '[0,8]')}}`, 4), '8 bytes of data, got 4'],
    ['data that belong to no tensor', fileOf(`{"a":${f32('[1]', '[0,4]')}}`, 8), '4 bytes of data, got 8'],
    [
      'tensors that overlap',
      fileOf(`{"a":${f32('[2]', '[0,8]')},"b":${f32('[2]', '[4,12]')}}`, 12),
      'tensor b to begin at byte 8'
    ],
    [
      'a hole between tensors',
      fileOf(`{"a":${f32('[1]', '[0,4]')},"b":${f32('[1]', '[8,12]')}}`, 12),
      'tensor b to begin at byte 4'
    ]
  ]
  it.each(malformed)('refuses %s, naming the file', async (_, bytes, detail) => {
    const error = await rejection('checkpoint-broken', () => decodeSafetensors(bytes, 'some/file.safetensors'))
    expect(error.message).toContain('some/file.safetensors: ')
    expect(error.message).toContain(detail)
  })
})
