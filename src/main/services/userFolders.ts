import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../shared/parseJson'

/** Where Kwiat keeps what it makes; `KWIAT_HOME` puts all of it elsewhere. */
export interface UserFolders {
  /** Imported pictures; can be made again from their sources. */
  readonly pictures: string
  /** Runs that were given no folder. */
  readonly runs: string
  /** Presets that the user saved. */
  readonly presets: string
  /** Where runs were kept before the user chose another storage folder. */
  readonly earlierRuns: readonly string[]
  /** The folder that holds pictures and runs. */
  readonly storage: string
  /** The file that tells which folder that is, where the user chose one. */
  readonly storageFile: string
  /** The file of which engine was the fastest for which model. */
  readonly enginesFile: string
  /** How fast this computer was measured to be. */
  readonly speedFile: string
  /** The file of what the studio remembers. */
  readonly studioFile: string
  /** The file of the latents and directions that the user keeps. */
  readonly favouritesFile: string
}

/** The folder that each system reserves for an application's data. */
function applicationData(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir()
  if (platform === 'win32') {
    return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Kwiat')
  }
  if (platform === 'darwin') {
    return join(home, 'Library', 'Application Support', 'Kwiat')
  }
  const { XDG_DATA_HOME: dataHome } = environment
  // The XDG specification has relative paths ignored.
  const isUsable = dataHome !== undefined && isAbsolute(dataHome)
  return join(isUsable ? dataHome : join(home, '.local', 'share'), 'kwiat')
}

/** Where pictures and runs are kept, and where they were before; newest of those first. */
export const storageChoiceSchema = z.strictObject({
  format: z.literal('kwiat-storage'),
  formatVersion: z.literal(1),
  folder: z.string(),
  earlier: z.array(z.string())
})
type StorageChoice = Pick<z.infer<typeof storageChoiceSchema>, 'folder' | 'earlier'>

/** What the file says; the folder it lies in, where there is none or it can't be understood. */
function readStorageChoice(file: string, root: string): StorageChoice {
  try {
    const choice = storageChoiceSchema.safeParse(parseJson(readFileSync(file, 'utf8')))
    return choice.success ? choice.data : { folder: root, earlier: [] }
  } catch {
    // There is none before the user chose a folder.
    return { folder: root, earlier: [] }
  }
}

export function userFolders(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform
): UserFolders {
  // An empty variable means, as everywhere, that it isn't set.
  const root = resolve(environment.KWIAT_HOME || applicationData(environment, platform))
  const storageFile = join(root, 'storage.json')
  const { folder, earlier } = readStorageChoice(storageFile, root)
  return {
    pictures: join(folder, 'pictures'),
    runs: join(folder, 'runs'),
    earlierRuns: earlier.map((storage) => join(storage, 'runs')),
    storage: folder,
    storageFile,
    presets: join(root, 'presets'),
    enginesFile: join(root, 'engines.json'),
    speedFile: join(root, 'speed.json'),
    studioFile: join(root, 'studio.json'),
    favouritesFile: join(root, 'favourites.json')
  }
}
