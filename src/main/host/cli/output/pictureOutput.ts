import { dirname, extname, join, resolve } from 'node:path'
import { KwiatError } from '../../../../shared/errors'
import { ensureFolder } from '../../../files/atomicFolder'
import { nodeDisk } from '../../../files/disk'
import { explainDiskFaults } from '../../../files/explainDiskFaults'
import { replaceFile } from '../../../files/writeFile'
import { encodeGif } from '../../../train/pictureFilm'
import { encodePicture, encodeSheet } from '../../../train/pictureSheet'
import type { PictureBatch } from '../../../train/sampler'

/** Takes pictures as they are made. */
export interface PictureOutput {
  add(pictures: PictureBatch, first: number): Promise<void>
  finish(): Promise<void>
}

/** More pictures would make a sheet that few programs open. */
const sheetHoldsAtMost = 4096
/** A minute of film at 30 frames a second. */
const filmHoldsAtMost = 1800

/** Saves a file that a command made, and the folder that it lies in. */
export function saveFile(path: string, content: Uint8Array): Promise<void> {
  const folder = dirname(path)
  const task = {
    task: 'saving pictures',
    folder,
    bytes: content.byteLength,
    safe: 'the pictures saved before are whole'
  }
  return explainDiskFaults(task, nodeDisk, async () => {
    await ensureFolder(folder)
    await replaceFile(path, content)
  })
}

function createFolderOutput(folder: string): PictureOutput {
  return {
    add: async (pictures, first) => {
      for (let index = 0; index < pictures.count; index++) {
        const name = `${String(first + index + 1).padStart(5, '0')}.png`
        await saveFile(join(folder, name), await encodePicture(pictures, index))
      }
    },
    finish: async () => {}
  }
}

/** Gathers all pictures for one file. */
function createFileOutput(path: string, encode: (all: PictureBatch) => Promise<Uint8Array>): PictureOutput {
  const batches: PictureBatch[] = []
  return {
    add: async (pictures) => {
      batches.push(pictures)
    },
    finish: async () => {
      const [first] = batches
      const count = batches.reduce((sum, batch) => sum + batch.count, 0)
      const pixels = Buffer.concat(batches.map((batch) => batch.pixels))
      await saveFile(path, await encode({ ...first!, count, pixels }))
    }
  }
}

/** Endings that say that one file is wanted, but of a kind that isn't written. */
const otherPictures: ReadonlySet<string> = new Set([
  '.jpg',
  '.jpeg',
  '.webp',
  '.bmp',
  '.tif',
  '.tiff',
  '.svg',
  '.apng',
  '.mp4',
  '.webm'
])

const holdsAtMost: Readonly<Record<string, number>> = { '.png': sheetHoldsAtMost, '.gif': filmHoldsAtMost }

/**
 * A .png is one sheet, a .gif one film; everything else is a folder with a PNG for each picture.
 *
 * @throws KwiatError `usage` for another kind of file, or more pictures than such a file can hold
 */
export function createPictureOutput(out: string, count: number, framesPerSecond: number): PictureOutput {
  const ending = extname(out).toLowerCase()
  const limit = holdsAtMost[ending] ?? Number.POSITIVE_INFINITY
  if (count > limit || otherPictures.has(ending)) {
    throw new KwiatError('usage', {
      who: `--out ${out}`,
      expected: `a .png for a sheet of at most ${sheetHoldsAtMost} pictures, a .gif of at most ${filmHoldsAtMost}, or the name of a folder`,
      actual: count > limit ? `a ${ending === '.gif' ? 'film' : 'sheet'} of ${count}` : `a file ${ending}`,
      todo: 'give a folder, as --out pictures'
    })
  }
  switch (ending) {
    case '.png':
      return createFileOutput(resolve(out), (all) => encodeSheet(all))
    case '.gif':
      return createFileOutput(resolve(out), (all) => encodeGif(all, { framesPerSecond }))
    default:
      return createFolderOutput(resolve(out))
  }
}
