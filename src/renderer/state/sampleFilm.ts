import type { StudioClient } from '../../shared/contract/studio'
import type { FilmFrames } from '../film/film'

/** A sample grid as pixels, straight from the host: a film passes more grids than the cache of the view keeps. */
async function loadGrid(client: StudioClient, id: string, step: number): Promise<ImageBitmap> {
  const { png } = await client.call('runs/sample', { id, step })
  return createImageBitmap(new Blob([Uint8Array.from(png)], { type: 'image/png' }))
}

/**
 * The film of a run's sample grids, one frame a grid, as large as the newest one.
 *
 * @param steps of the grids, rising, at least one
 */
export async function filmOfSamples(client: StudioClient, id: string, steps: readonly number[]): Promise<FilmFrames> {
  const newest = await loadGrid(client, id, steps.at(-1) ?? 0)
  const { width, height } = newest
  newest.close()
  return {
    count: steps.length,
    width,
    height,
    draw: async (context, index) => {
      const grid = await loadGrid(client, id, steps[index] ?? 0)
      context.drawImage(grid, 0, 0)
      grid.close()
    }
  }
}
