import { execFileSync } from 'node:child_process'

/** Builds what is out of date, as `npm run kwiat` does, before the tests start the programs that were built. */
export default function buildMain(): void {
  execFileSync(process.execPath, ['scripts/kwiat.mjs', '--version'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
