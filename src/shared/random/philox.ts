/**
 * Philox4x32-10, the counter-based generator of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011,
 * section 4.3): ten rounds of a keyed bijection of 128-bit counters. It has no state besides the counter, so a draw can
 * be repeated from (seed, stream, position) alone, in any order and in any process.
 */
const multiplierA = 0xd2511f53
const multiplierB = 0xcd9e8d57
const weylA = 0x9e3779b9
const weylB = 0xbb67ae85
const rounds = 10

/** Four 32-bit words. */
export type Words = Uint32Array

/**
 * High 32 bits of the 64-bit product of two unsigned 32-bit integers, from the four products of their halves; no sum
 * of them passes 2³².
 */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) >>> 0
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) >>> 0
}

/**
 * out ← Philox4x32-10(counter = [c0, c1, c2, c3], key = [k0, k1]).
 *
 * @param out four words that receive the result; also the scratch space
 */
export function philox(out: Words, c0: number, c1: number, c2: number, c3: number, key0: number, key1: number): void {
  let x0 = c0 >>> 0
  let x1 = c1 >>> 0
  let x2 = c2 >>> 0
  let x3 = c3 >>> 0
  let k0 = key0 >>> 0
  let k1 = key1 >>> 0
  for (let round = 0; round < rounds; round++) {
    const highA = multiplyHigh(multiplierA, x0)
    const lowA = Math.imul(multiplierA, x0) >>> 0
    const highB = multiplyHigh(multiplierB, x2)
    const lowB = Math.imul(multiplierB, x2) >>> 0
    x0 = (highB ^ x1 ^ k0) >>> 0
    x1 = lowB
    x2 = (highA ^ x3 ^ k1) >>> 0
    x3 = lowA
    k0 = (k0 + weylA) >>> 0
    k1 = (k1 + weylB) >>> 0
  }
  out[0] = x0
  out[1] = x1
  out[2] = x2
  out[3] = x3
}
