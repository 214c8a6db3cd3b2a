import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporaryFolder'
import { wholeCheckpoints } from '../train/support/runFolders'
import { eventsOf } from '../train/support/sessions'
import { eventsIn, onlyRun, runCli } from './support'

/** A folder with cifar10-frog-train.zip (5,000 frogs) and cifar-10-binary-sample.tar.gz (1,000 pictures). */
const folder = process.env.KWIAT_TEST_DATA

describe.skipIf(folder === undefined)('with real pictures (needs KWIAT_TEST_DATA)', () => {
  it('the book’s networks train on frogs', async () => {
    const home = await temporaryFolder()
    const data = join(folder!, 'cifar10-frog-train.zip')
    const args = ['train', '--preset', 'chollet-32', '--data', data, '--steps', '1', '--seed', '1', '--json']
    const result = await runCli([...args, '--set', 'output.sampleCount=4'], { home })
    expect(result).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Done after step 1; everything is saved\.\n/)
    })
    const [prepared] = eventsOf(eventsIn(result), 'prepared')
    expect(prepared).toMatchObject({
      pictures: 5000,
      parameters: { generator: 6_264_579, discriminator: 790_913 },
      notices: []
    })
    const run = await onlyRun(join(home, 'runs'))
    expect(await wholeCheckpoints(run)).toEqual([1])
    expect(await sharp(join(run, 'samples', 'step-000001.png')).metadata()).toMatchObject({ width: 134, height: 134 })
  })

  it('kwiat data knows CIFAR’s own format', async () => {
    const data = join(folder!, 'cifar-10-binary-sample.tar.gz')
    const { code, stdout } = await runCli(['data', data, '--json'], { home: await temporaryFolder() })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ event: 'data', source: { kind: 'cifar' }, count: 1000, refusedCount: 0 })
  })
})
