import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the built entries: this module's, or the one above when the bundler shares it between entries. */
const mainFolder = existsSync(join(__dirname, 'trainer.cjs')) ? __dirname : dirname(__dirname)

export const trainerEntry = join(mainFolder, 'trainer.cjs')
export const workshopEntry = join(mainFolder, 'workshop.cjs')
export const preloadEntry = join(mainFolder, '..', 'preload', 'index.cjs')
export const pageFolder = join(mainFolder, '..', 'renderer')
/** The folder of the app's package.json. */
export const projectFolder = join(mainFolder, '..', '..')
