import { expect, it } from 'vitest'
import { openTrainingPictures } from '../../src/main/train/trainingPictures'
import { tinyRun, workplace } from './support/sessions'

it('the discriminator’s updates of an iteration each get the next batch of the same order', async () => {
  const place = await workplace()
  const open = (discriminatorSteps: number) =>
    openTrainingPictures(place.data, tinyRun({ schedule: { discriminatorSteps } }), {
      picturesFolder: place.picturesFolder,
      stop: new AbortController().signal,
      emit: () => undefined
    })
  const [single, triple] = [await open(1), await open(3)]
  for (const iteration of [0, 1, 4]) {
    const batches = await triple.batchesAt(iteration)
    const singles = await Promise.all([0, 1, 2].map((update) => single.batchesAt(3 * iteration + update)))
    expect(batches).toEqual(singles.flat())
  }
  await single.close()
  await triple.close()
})
