import { expect, test } from 'vitest'
import { nodeDisk } from '../../src/main/files/disk'
import { DiskGuard } from '../../src/main/train/diskGuard'

const megabyte = 1e6

function guardOf(freeBytes: number | null) {
  const clock = { ms: 0 }
  const free = { bytes: freeBytes }
  const guard = new DiskGuard({
    folder: '/runs/one',
    checkpointBytes: 80 * megabyte,
    keepFree: 200,
    disk: { ...nodeDisk, freeBytes: async () => free.bytes },
    now: () => clock.ms
  })
  return { guard, clock, free }
}

test('a disk is low when the next checkpoint would leave less than what shall stay free', async () => {
  expect(await guardOf(280 * megabyte).guard.look()).toBeNull()
  const low = await guardOf(279 * megabyte).guard.look()
  expect(low?.hasRoom).toBe(true)
  expect(low?.problem('everything is saved').message).toBe(
    '/runs/one: expected 280.0 MB of free space for the next checkpoint and for everything else, got a disk with 279.0 MB free; free some space and go on; training paused and everything is saved.'
  )
  expect((await guardOf(80 * megabyte).guard.look())?.hasRoom).toBe(false)
})

test('where the system doesn’t say how much is free, or says 0, training goes on', async () => {
  expect(await guardOf(null).guard.look()).toBeNull()
  expect(await guardOf(0).guard.look()).toBeNull()
})

test('the disk is looked at every ten seconds', async () => {
  const { guard, clock, free } = guardOf(1000 * megabyte)
  expect(await guard.look()).toBeNull()
  free.bytes = megabyte
  clock.ms = 9_999
  expect(await guard.look()).toBeNull()
  clock.ms = 10_000
  expect(await guard.look()).not.toBeNull()
})
