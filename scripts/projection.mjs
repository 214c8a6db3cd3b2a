// How well and how fast a run's own pictures are found again: `node scripts/projection.mjs <run> [pictures]`. Each picture is
// made by the run from a seed of its own, projected by `kwiat project`, and told with its PSNR and the command's whole time,
// start and reading of the neighbours included.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const kwiat = join(dirname(fileURLToPath(import.meta.url)), 'kwiat.mjs')
const [run, count = '10'] = process.argv.slice(2)
const wantedDecibels = 35
const wantedSeconds = 20

function call(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [kwiat, ...args, '--json'], { encoding: 'utf8' })
  if (status !== 0) {
    throw new Error(stderr)
  }
  return JSON.parse(stdout.trimEnd().split('\n').at(-1))
}

const folder = mkdtempSync(join(tmpdir(), 'kwiat-projection-'))
try {
  const results = Array.from({ length: Number(count) }, (_, i) => {
    const seed = 1000 + i
    call('generate', run, '--count', '1', '--seed', String(seed), '--out', join(folder, 'made'))
    const startMs = performance.now()
    const { psnr, ssim } = call('project', run, join(folder, 'made', '00001.png'), '--out', join(folder, 'found'))
    const seconds = (performance.now() - startMs) / 1000
    console.log(`seed ${seed}: PSNR ${psnr?.toFixed(1) ?? '∞'} dB, SSIM ${ssim.toFixed(4)}, ${seconds.toFixed(1)} s`)
    return (psnr ?? Number.POSITIVE_INFINITY) >= wantedDecibels && seconds < wantedSeconds
  })
  const reached = results.filter(Boolean).length
  console.log(`${reached} of ${results.length} reached ${wantedDecibels} dB in under ${wantedSeconds} s`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
