import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { forkProcess } from '../../src/main/process/forkProcess'
import type { OwnedProcess } from '../../src/main/process/ownedProcess'
import { Workshop } from '../../src/main/workshop/owner'
import { Cancelled } from '../../src/shared/errors'
import { temporaryFolder } from '../support/temporaryFolder'
import { writePictures } from '../train/support/sessions'

const options = { size: 16, channels: 3 as const, crop: 'centre' as const, classes: [] }

/** The real workshop, and the processes that it started. */
async function openWorkshop() {
  const home = await temporaryFolder()
  vi.stubEnv('KWIAT_HOME', home)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const processes: OwnedProcess[] = []
  const spawn = forkProcess(join(inject('mainFolder'), 'workshop.cjs'))
  const workshop = new Workshop(
    (onOutput) => {
      const process = spawn(onOutput)
      processes.push(process)
      return process
    },
    () => undefined
  )
  onTestFinished(() => workshop.close())
  return { workshop, processes, photos: await writePictures(join(home, 'photos'), 6) }
}

test('it imports pictures in a process of its own, tells how far it is, and sends the preview as bytes', async () => {
  const { workshop, processes, photos } = await openWorkshop()
  const told: number[] = []
  const onProgress = ({ done }: { readonly done: number }) => told.push(done)
  const { id, data } = await workshop.call('data/import', { path: photos, ...options }, { onProgress })
  expect(data.count).toBe(6)
  expect(told.at(-1)).toBe(6)
  const { png, count } = await workshop.call('data/preview', { id, count: 4 })
  expect(count).toBe(4)
  expect([...png.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
  expect(processes).toHaveLength(1)
})

test('what a handler throws keeps its code on the way', async () => {
  const { workshop } = await openWorkshop()
  const missing = workshop.call('data/import', { path: join('no', 'such', 'folder'), ...options })
  await expect(missing).rejects.toMatchObject({ code: 'data-not-found' })
})

test('a crash fails the calls in progress with a code, and the next call starts it anew', async () => {
  const { workshop, processes, photos } = await openWorkshop()
  const call = workshop.call('data/import', { path: photos, ...options })
  processes[0]?.kill()
  await expect(call).rejects.toMatchObject({ code: 'workshop-crashed' })
  await expect(workshop.call('data/import', { path: photos, ...options })).resolves.toMatchObject({
    data: { count: 6 }
  })
  expect(processes).toHaveLength(2)
})

test('a cancelled call ends with Cancelled, and the process goes on', async () => {
  const { workshop, processes, photos } = await openWorkshop()
  const controller = new AbortController()
  const call = workshop.call(
    'data/import',
    { path: photos, ...options },
    { signal: controller.signal, onProgress: () => controller.abort() }
  )
  await expect(call).rejects.toBeInstanceOf(Cancelled)
  await expect(workshop.call('data/import', { path: photos, ...options })).resolves.toBeDefined()
  expect(processes).toHaveLength(1)
})

test('it ends when its owner closes it', async () => {
  const { workshop, processes } = await openWorkshop()
  await expect(workshop.call('data/preview', { id: 'none', count: 1 })).rejects.toThrow()
  const exited = new Promise((resolve) => processes[0]?.onExit(resolve))
  workshop.close()
  await exited
})
