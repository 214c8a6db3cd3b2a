import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'

const folder = join('out', 'main')
const entries = ['cli.cjs', 'index.cjs', 'trainer.cjs', 'workshop.cjs']
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cjs'))
const electron = inject('electron')

describe('the bundle of the processes without windows', () => {
  test('has an entry for the desktop app, the command line, the trainer and the workshop', () => {
    expect(files).toEqual(expect.arrayContaining(entries))
  })

  // The bundler once put what several entries need into one of them: requiring it ran that entry's program too.
  test.each(files)('%s requires no entry', (name) => {
    const required = [...readFileSync(join(folder, name), 'utf8').matchAll(/require\(["'`](\.[^"'`]+)["'`]\)/g)]
    const names = required.map(([, path]) => path?.split('/').at(-1) ?? '')
    expect(names.filter((required) => entries.includes(required))).toEqual([])
  })

  // It would load a package's ES module, which the oldest runtimes may not understand; Node's own modules are none.
  test.each(files)('%s imports no package dynamically', (name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n')
    const code = lines.filter((line) => !/^\s*(\*|\/\/)/.test(line)).join('\n')
    const imported = [...code.matchAll(/\bimport\(([^)]*)\)/g)].map(([, target = '']) =>
      target.replace(/["'`]/g, '').trim()
    )
    expect(imported.filter((target) => !isBuiltin(target))).toEqual([])
  })
})

const label = electron === null ? 'Electron (SKIPPED: there is none, see above)' : `Electron ${electron.version}`

describe.skipIf(electron === null)(`the bundle in ${label}`, () => {
  test.each([...files, join('..', 'preload', 'index.cjs')])('%s has no syntax that is too new', (name) => {
    const path = JSON.stringify(join(folder, name))
    const script = `new (require('node:vm').Script)(require('node:fs').readFileSync(${path}, 'utf8'))`
    const { stderr, status } = spawnSync(electron?.program ?? '', ['-e', script], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    })
    expect(status, stderr).toBe(0)
  })
})
