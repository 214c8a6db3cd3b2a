import type { Favourite } from '../../state/explore/favourites.svelte'
import type { MadePicture } from '../../state/explore/pictureSource'
import type { Studio } from '../../state/studio.svelte'
import { shelfText as text } from './text'

/** Takes a favourite away, and offers to take that back. */
export async function removeFavourite(studio: Studio, favourite: Favourite): Promise<void> {
  const { favourites } = studio.explore
  await studio.attempt(async () => {
    await favourites.remove(favourite)
    const restore = () => void studio.attempt(() => favourites.restore(favourite))
    studio.notices.done(text.removed(favourite.name), { label: text.undo, run: restore })
  })
}

/** Keeps a picture, or takes it away where it is kept. */
export async function toggleFavourite(studio: Studio, picture: MadePicture): Promise<void> {
  const kept = studio.explore.favourites.find(picture)
  if (kept === null) {
    await studio.attempt(() => studio.explore.favourites.keep(picture))
  } else {
    await removeFavourite(studio, kept)
  }
}
