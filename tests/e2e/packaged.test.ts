import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import { findElectron } from '../../src/main/host/cli/electronBinary'
import { descendantsOf, stillRunning } from './support/processes'
import { sandboxOptions } from './support/programs'
import { environmentFor, type Home, makeHome } from './support/studioUnderTest'

const electron = process.platform === 'linux' ? inject('electron') : null

/** What a page says to an expression, by Chromium's debugging protocol: Playwright's own way in is shut by a fuse. */
async function evaluate(pageAddress: string, expression: string): Promise<unknown> {
  const socket = new WebSocket(pageAddress)
  await once(socket, 'open')
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }))
  const [message] = await once(socket, 'message')
  socket.close()
  return JSON.parse(String(message)).result.result.value
}

/** The debugging address of the app's page, once it has one. */
async function findPage(app: ChildProcess): Promise<string> {
  if (app.stderr === null) {
    throw new Error('app: expected a pipe for its messages')
  }
  for await (const line of createInterface({ input: app.stderr })) {
    const address = /DevTools listening on ws:\/\/([^/]+)/.exec(line)?.[1]
    if (address !== undefined) {
      const pages = async (): Promise<readonly { type: string; webSocketDebuggerUrl: string }[]> =>
        (await fetch(`http://${address}/json/list`)).json()
      await expect.poll(async () => (await pages()).filter(({ type }) => type === 'page').length).toBe(1)
      return (await pages()).find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? ''
    }
  }
  throw new Error('app: expected it to tell its debugging address')
}

describe.skipIf(electron === null)(
  electron === null ? 'the packaged app (SKIPPED: no Electron to pack, see above)' : 'the packaged app',
  () => {
    let home: Home
    let folder: string

    beforeAll(() => {
      home = makeHome()
      folder = join(home.path, 'release', 'linux-unpacked')
      execFileSync(
        process.execPath,
        ['scripts/package.mjs', '--dir', `-c.directories.output=${join(home.path, 'release')}`],
        { stdio: 'pipe', env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dirname(findElectron() ?? '') } }
      )
    })
    afterAll(() => home.remove())

    test('has its native modules beside the archive, those of this platform only', () => {
      const unpacked = join(folder, 'resources', 'app.asar.unpacked', 'node_modules')
      const runtimes = join(unpacked, 'onnxruntime-node', 'bin', 'napi-v6')
      expect(readdirSync(runtimes)).toEqual(['linux'])
      expect(readdirSync(join(runtimes, 'linux'))).toEqual([process.arch])
      expect(readdirSync(unpacked).sort()).toEqual(['@img', 'onnxruntime-node', 'sharp'])
      expect(existsSync(join(folder, 'resources', 'app'))).toBe(false)
    })

    test('opens its window, and a signal ends all of it', async () => {
      const app = spawn(
        join(folder, 'kwiat'),
        [
          ...sandboxOptions,
          '--disable-gpu',
          '--remote-debugging-port=0',
          `--user-data-dir=${join(home.path, 'window')}`
        ],
        {
          env: { ...environmentFor({ home: home.path }), DISPLAY: inject('display') },
          stdio: ['ignore', 'ignore', 'pipe']
        }
      )
      onTestFinished(() => {
        app.kill('SIGKILL')
      })
      const page = await findPage(app)
      await expect.poll(() => evaluate(page, 'document.body.innerText')).toContain('Train your first flowers')
      expect(await evaluate(page, 'location.protocol')).toBe('kwiat:')
      const processes = descendantsOf(app.pid ?? 0)
      const exited = once(app, 'exit')
      app.kill('SIGTERM')
      await exited
      await expect.poll(() => stillRunning(processes)).toEqual([])
    })

    test('is no Node for whoever sets a variable', () => {
      const run = () =>
        execFileSync(join(folder, 'kwiat'), ['-e', 'console.log("ran")'], {
          env: { ...process.env, DISPLAY: '', ELECTRON_RUN_AS_NODE: '1' },
          stdio: 'pipe',
          encoding: 'utf8'
        })
      expect(run).toThrow()
    })
  }
)
