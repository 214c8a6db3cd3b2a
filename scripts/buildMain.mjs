// Builds the processes without windows (command line, trainer) into a folder: `node scripts/buildMain.mjs FOLDER`.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const outDir = process.argv[2]

process.chdir(root)
const options = { root, build: { outDir }, logLevel: 'warn', ignoreConfigWarning: true }
const { config } = await resolveConfig(options, 'build', 'production')
await build(config.main)
