// `npm run setup:tfjs` and `setup:tfjs-gpu`: installs one of TensorFlow's packages beside Kwiat's own without noting it in
// package.json, and multiplies two matrices with it. `npm ci` removes it again.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [name] = process.argv.slice(2)
const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const version = peerDependencies[name]
if (version === undefined) {
  console.error(`setupTensorflow: expected one of ${Object.keys(peerDependencies).join(', ')}, got ${name}.`)
  process.exit(1)
}

function run(command, options, expected, todo) {
  const { status } = spawnSync(command, options, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error(
      `\n${name}: expected ${expected}, got the failure above; ${todo}. Kwiat works without it: cpu and webgpu need nothing more.`
    )
    process.exit(1)
  }
}

console.log(`Installing ${name} ${version}: some hundred megabytes from the npm registry and storage.googleapis.com…`)
run(
  'npm',
  ['install', '--no-save', '--no-package-lock', `${name}@${version}`],
  'its packages and its native part to be downloaded',
  'run it again where storage.googleapis.com can be reached'
)

// What Node 23 removed and the package calls.
const probe = `
const util = require('node:util')
util.isNullOrUndefined ??= (value) => value === null || value === undefined
util.isArray ??= Array.isArray
const tf = require(${JSON.stringify(name)})
const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([1, 2, 3, 4], [2, 2])).dataSync()
if (String([...product]) !== '7,10,15,22') throw new Error('wrong product: ' + product)
if (${name.endsWith('gpu')} && !tf.backend().isUsingGpuDevice) {
  throw new Error('no GPU is used: TensorFlow 2.9.1 needs CUDA 11.2 and cuDNN 8 on the library path')
}
`
run(process.execPath, ['-e', probe], 'a matrix product', 'see npm run kwiat -- doctor for what is missing')
console.log(`${name} works; choose it with --engine ${name.replace('@tensorflow/', '')} or in the studio's settings.`)
