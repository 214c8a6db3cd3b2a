import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** Where Kwiat keeps what it makes; `KWIAT_HOME` puts all of it elsewhere. */
export interface UserFolders {
  /** Imported pictures; can be made again from their sources. */
  readonly pictures: string
  /** Runs that were given no folder. */
  readonly runs: string
  /** Presets that the user saved. */
  readonly presets: string
  /** The file of what the studio remembers. */
  readonly studioFile: string
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

export function userFolders(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform
): UserFolders {
  // An empty variable means, as everywhere, that it isn't set.
  const root = resolve(environment.KWIAT_HOME || applicationData(environment, platform))
  return {
    pictures: join(root, 'pictures'),
    runs: join(root, 'runs'),
    presets: join(root, 'presets'),
    studioFile: join(root, 'studio.json')
  }
}
