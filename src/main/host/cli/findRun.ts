import { join } from 'node:path'
import { exists } from '../../files/exists'
import { userFolders } from '../../services/userFolders'

/** The run or checkpoint at `path`; the bare name of a run is also looked for among the user's own. */
export async function findRun(path: string): Promise<string> {
  const own = join(userFolders().runs, path)
  return !(await exists(path)) && (await exists(own)) ? own : path
}
