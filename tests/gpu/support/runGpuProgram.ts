import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundleInto } from '../../support/bundleModule'
import type { TaskName, TaskResult } from './gpuProgram'

const run = promisify(execFile)

/** SwiftShader, a Vulkan device in software; it comes with Debian's chromium. */
const swiftShaderFolder = '/usr/lib/chromium'
const swiftShader = {
  manifest: join(swiftShaderFolder, 'vk_swiftshader_icd.json'),
  library: join(swiftShaderFolder, 'libvk_swiftshader.so')
} as const

/** Why tests on SwiftShader can't run; null where they can. */
export const whyNoGpu: string | null = existsSync(swiftShader.manifest)
  ? null
  : `there is no ${swiftShader.manifest} (Debian’s chromium package brings it), so that webgpu can’t be tried here`

type Environment = Readonly<Record<string, string>>

/** The test program in its folder, and how to be rid of it. */
export interface GpuProgram {
  /** Runs a task in a process of its own, on SwiftShader unless `environment` says otherwise. */
  start<Name extends TaskName>(task: Name, preset?: string, environment?: Environment): Promise<TaskResult<Name>>
  /** A driver that fails as told; see failingDriver.c. */
  buildFailingDriver(): Promise<Environment>
  remove(): Promise<void>
}

export async function bundleGpuProgram(): Promise<GpuProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'kwiat-gpu-'))
  const source = fileURLToPath(new URL('./gpuProgram.ts', import.meta.url))
  const program = await bundleInto(folder, source, ['onnxruntime-node', 'sharp'])
  return {
    start: async (task, preset = 'flowers-32', environment = {}) => {
      const { stdout } = await run(process.execPath, [program, task, preset], {
        env: {
          ...process.env,
          NODE_PATH: resolve('node_modules'),
          VK_ICD_FILENAMES: swiftShader.manifest,
          ...environment
        }
      }).catch(keepAnswer)
      return JSON.parse(stdout.trim().split('\n').at(-1)!)
    },
    buildFailingDriver: async () => {
      const library = join(folder, 'libfailing.so')
      const driver = fileURLToPath(new URL('./failingDriver.c', import.meta.url))
      await run('cc', ['-shared', '-fPIC', '-o', library, driver, '-ldl'])
      const manifest = join(folder, 'failing_icd.json')
      await writeFile(
        manifest,
        JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.0.5' } })
      )
      return { VK_ICD_FILENAMES: manifest, FAILING_DRIVER: swiftShader.library }
    },
    remove: () => rm(dirname(program), { recursive: true, force: true })
  }
}

/** A process whose device is lost may crash on its way out, after it has answered. */
function keepAnswer(error: unknown): { readonly stdout: string } {
  if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && error.stdout !== '') {
    return { stdout: error.stdout }
  }
  throw error
}
