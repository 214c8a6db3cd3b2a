// Builds some of the program's parts into a folder: `node scripts/buildTargets.mjs FOLDER main preload renderer`.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [outDir, ...targets] = process.argv.slice(2)

process.chdir(root)
const options = { root, build: { outDir }, logLevel: 'warn', ignoreConfigWarning: true }
const { config } = await resolveConfig(options, 'build', 'production')
for (const target of targets) {
  await build(config[target])
}
