import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { openRun } from '../../src/main/checkpoints/runFolder'
import { expectSentence, onlyRun, runCli, sharedFolder, trainedRun, trainTiny } from './support'

const home = await sharedFolder()
const out = join(home, 'out')
let data = ''
let run = ''

beforeAll(async () => {
  ;({ data, run } = await trainedRun(home))
  await mkdir(out)
})

const kwiat = (...args: string[]) => runCli(args, { home })

describe('kwiat export', () => {
  it('writes an ONNX model that onnxruntime runs', async () => {
    const path = join(out, 'g.onnx')
    const { code, stdout } = await kwiat('export', run, '--format', 'onnx', '--pictures', 'uint8', '--out', path)
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(path) })
    const session = await ort.InferenceSession.create(path)
    expect([session.inputNames, session.outputNames]).toEqual([['z'], ['pictures']])
    const { architecture } = (await openRun(run)).file.configuration
    const z = new ort.Tensor('float32', new Float32Array(2 * architecture.latentSize), [2, architecture.latentSize])
    const { pictures } = await session.run({ z })
    expect(pictures!.dims).toEqual([2, architecture.pictureSize, architecture.pictureSize, architecture.channels])
    await session.release()
  })

  it.each([
    ['keras', 'g.keras', null],
    ['tfjs', 'tfjs', ['model.json', 'weights.bin']],
    ['safetensors', 'card', ['README.md', 'config.json', 'generator.safetensors']]
  ] as const)('writes %s, and says so as JSON', async (format, name, files) => {
    const path = join(out, name)
    const { code, stdout } = await kwiat('export', run, '--format', format, '--out', path, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ event: 'exported', format, path })
    expect(files === null ? (await stat(path)).isFile() : (await readdir(path)).sort()).toEqual(files ?? true)
  })

  it('never overwrites what is there', async () => {
    const path = join(out, 'twice.onnx')
    expect(await kwiat('export', run, '--format', 'onnx', '--out', path)).toMatchObject({ code: 0 })
    const before = await readFile(path)
    expectSentence(await kwiat('export', run, '--format', 'onnx', '--out', path), /twice\.onnx.*choose another name/)
    expect(await readFile(path)).toEqual(before)
  })
})

describe('kwiat import', () => {
  it('takes up a run that was exported, which then goes on', async () => {
    const path = join(out, 'run.kwiat')
    expect(await kwiat('export', run, '--format', 'kwiat', '--out', path)).toMatchObject({ code: 0 })
    const { code, stdout } = await kwiat('import', path, '--runs', join(home, 'others'), '--json')
    expect(code).toBe(0)
    const { folder, checkpoints, broken } = JSON.parse(stdout)
    expect({ checkpoints, broken }).toEqual({ checkpoints: 2, broken: [] })
    expect(await kwiat('resume', folder, '--steps', '3')).toMatchObject({ code: 0 })
  })

  it('explains what it can’t read', async () => {
    const [picture] = await readdir(data)
    expectSentence(await kwiat('import', join(data, picture!)), new RegExp(`${picture!}.*get it again`))
  })
})

describe('kwiat train --weights', () => {
  it('begins with a generator that was exported', async () => {
    const keras = join(out, 'start.keras')
    expect(await kwiat('export', run, '--format', 'keras', '--out', keras)).toMatchObject({ code: 0 })
    const runs = join(home, 'begun')
    const { code, stderr } = await kwiat(...trainTiny(data, '--steps', '1', '--out', runs, '--weights', keras))
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('begins with the weights of start.keras')
    })
    expect(await readdir(join(await onlyRun(runs), 'checkpoints'))).toContain('step-000001')
  })
})
