// `npm run setup:cuda`: fetches onnxruntime's CUDA libraries (some 300 MB, from NuGet) as its own install script does,
// which `npm ci` does not run.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const system = `${process.platform}/${process.arch}`
if (system !== 'linux/x64') {
  console.error(
    `setup:cuda: expected linux/x64, the only system for which onnxruntime-node has CUDA libraries, got ${system}; use webgpu${
      process.platform === 'win32' ? ' or dml' : ''
    }, which needs none.`
  )
  process.exit(1)
}

const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('onnxruntime-node/package.json'))
console.log('Fetching the CUDA 12 libraries of onnxruntime…')
const { status } = spawnSync(
  process.execPath,
  [join(folder, 'script', 'install.js'), '--onnxruntime-node-install=cuda12'],
  {
    stdio: 'inherit'
  }
)
if (status !== 0) {
  console.error(
    '\nsetup:cuda: expected api.nuget.org to answer, got the failure above; connect to the network and run it again (behind a proxy with GLOBAL_AGENT_HTTPS_PROXY set). Kwiat works without: cpu and webgpu need nothing more.'
  )
  process.exit(1)
}
console.log(
  'Done. CUDA 12 and cuDNN 9 themselves come from NVIDIA; npm run kwiat -- doctor tells whether the engine works.'
)
