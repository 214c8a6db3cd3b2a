import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Kwiat keeps what it makes; `KWIAT_HOME` puts all of it elsewhere. */
export interface UserFolders {
  /** Imported pictures; can be made again from their sources. */
  readonly pictures: string
  /** Runs that were given no folder. */
  readonly runs: string
}

/** The folder that each system reserves for an application's data. */
function applicationData(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir()
  if (platform === 'win32') {
    return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Kwiat')
  }
  return platform === 'darwin'
    ? join(home, 'Library', 'Application Support', 'Kwiat')
    : join(environment.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'kwiat')
}

export function userFolders(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform
): UserFolders {
  const root = environment.KWIAT_HOME ?? applicationData(environment, platform)
  return { pictures: join(root, 'pictures'), runs: join(root, 'runs') }
}
