import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeLatents, encodeLatentsJson } from '../../src/main/latent/latentsFile'
import { encodeNpy } from '../../src/main/latent/npy'
import { seededLatents } from '../../src/shared/latent/seededLatents'
import { temporaryFolder } from '../support/temporaryFolder'
import { expectSentence, runCli, sharedFolder, trainedRun } from './support'

const home = await sharedFolder()
let run = ''

beforeAll(async () => {
  ;({ run } = await trainedRun(home))
})

const kwiat = (...args: string[]) => runCli(args, { home })
const pixelsOf = (path: string) => sharp(path).toColourspace('b-w').raw().toBuffer()
const latentsOf = (count: number) => seededLatents({ seed: 0, first: 0, count, latentSize: 3, distribution: 'normal' })

describe('kwiat generate', () => {
  it.each([
    {
      ending: '.json',
      encode: (count: number) => encodeLatentsJson({ count, latentSize: 3, latents: latentsOf(count) }, null)
    },
    { ending: '.npy', encode: (count: number) => encodeNpy({ count, latentSize: 3, latents: latentsOf(count) }) }
  ])(
    'makes the pictures of the latents in a $ending, the same as of the seed that they are from',
    async ({ ending, encode }) => {
      const folder = await temporaryFolder()
      const file = join(folder, `latents${ending}`)
      await writeFile(file, encode(3))
      await kwiat('generate', run, '--count', '3', '--out', join(folder, 'seed'))
      expect(await kwiat('generate', run, '--latents', file, '--out', join(folder, 'file'))).toMatchObject({ code: 0 })
      expect(await readdir(join(folder, 'file'))).toHaveLength(3)
      for (const name of ['00001.png', '00003.png']) {
        expect(await readFile(join(folder, 'file', name))).toEqual(await readFile(join(folder, 'seed', name)))
      }
    }
  )

  it('makes one mean picture where the truncation is 0', async () => {
    const out = join(await temporaryFolder(), 'mean')
    expect(await kwiat('generate', run, '--count', '2', '--truncation', '0', '--out', out)).toMatchObject({ code: 0 })
    expect(await readFile(join(out, '00001.png'))).toEqual(await readFile(join(out, '00002.png')))
  })

  it('refuses latents of another size, a file that is none, and a truncation beyond its range', async () => {
    const folder = await temporaryFolder()
    const wrong = join(folder, 'wrong.npy')
    await writeFile(wrong, encodeNpy({ count: 1, latentSize: 5, latents: new Float32Array(5) }))
    const generate = (...args: string[]) => kwiat('generate', run, '--out', join(folder, 'out'), ...args)
    expectSentence(await generate('--latents', wrong), /wrong.npy: expected latents of 3 numbers.*got latents of 5/)
    expectSentence(await generate('--latents', folder), /expected a file of latents.*got a folder/)
    expectSentence(await generate('--latents', join(folder, 'none')), /got nothing/)
    expect(await generate('--truncation', '2')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/from 0 to 1.5/)
    })
    expect(await generate('--count', '0')).toMatchObject({ code: 1, stderr: expect.stringMatching(/from 1 to 100000/) })
    expect(await generate('--count', '1000000')).toMatchObject({ code: 1 })
  })
})

describe('kwiat interpolate', () => {
  it('makes a film from picture to picture, of the right length and size, which begins and ends with them', async () => {
    const folder = await temporaryFolder()
    const gif = join(folder, 'walk.gif')
    const args = ['--pictures', '1,3', '--frames', '15', '--fps', '30', '--json']
    const { code, stdout } = await kwiat('interpolate', run, ...args, '--out', gif)
    expect({ code, said: JSON.parse(stdout) }).toEqual({
      code: 0,
      said: { event: 'interpolated', frames: 15, keyframes: 2, framesPerSecond: 30, path: gif }
    })
    const { pages, width, pageHeight, delay } = await sharp(gif, { animated: true }).metadata()
    expect({ pages, width, pageHeight }).toEqual({ pages: 15, width: 64, pageHeight: 64 })
    expect(delay?.reduce((sum, ms) => sum + ms, 0)).toBe(500)

    await kwiat('interpolate', run, ...args, '--out', join(folder, 'frames'))
    await kwiat('generate', run, '--count', '3', '--out', join(folder, 'pictures'))
    const ends = [
      await pixelsOf(join(folder, 'frames', '00001.png')),
      await pixelsOf(join(folder, 'frames', '00015.png'))
    ]
    const pictures = [
      await pixelsOf(join(folder, 'pictures', '00001.png')),
      await pixelsOf(join(folder, 'pictures', '00003.png'))
    ]
    ends.forEach((end, i) => {
      expect(Math.max(...end.map((byte, k) => Math.abs(byte - pictures[i]![k]!)))).toBeLessThanOrEqual(1)
    })
  })

  it('says what it needs where there is nothing to go between', async () => {
    const out = join(await temporaryFolder(), 'walk.gif')
    expectSentence(await kwiat('interpolate', run, '--pictures', '4', '--out', out), /two latents or more/)
    expect(await kwiat('interpolate', run, '--pictures', '1,x', '--out', out)).toMatchObject({ code: 1 })
    expectSentence(await kwiat('interpolate', run, '--out', join(out, 'film.mp4')), /got a file .mp4/)
  })
})

describe('kwiat project', () => {
  it('finds the latent of a picture that the run made, and puts everything beside each other', async () => {
    const folder = await temporaryFolder()
    await kwiat('generate', run, '--count', '1', '--seed', '5', '--out', join(folder, 'made'))
    const out = join(folder, 'found')
    const { code, stdout } = await kwiat('project', run, join(folder, 'made', '00001.png'), '--out', out, '--json')
    expect(code).toBe(0)
    const said = JSON.parse(stdout)
    expect(said).toMatchObject({ event: 'projected', path: out, nearest: { mirrored: false } })
    expect(said.psnr ?? 100).toBeGreaterThan(30)
    expect((await readdir(out)).sort()).toEqual(['latent.json', 'nearest.png', 'projected.png', 'target.png'])
    expect(await pixelsOf(join(out, 'target.png'))).toEqual(await pixelsOf(join(folder, 'made', '00001.png')))
    expect(decodeLatents(await readFile(join(out, 'latent.json')), 3, 'latent')).toHaveLength(3)

    await kwiat('generate', run, '--latents', join(out, 'latent.json'), '--out', join(folder, 'again'))
    expect(await pixelsOf(join(folder, 'again', '00001.png'))).toEqual(await pixelsOf(join(out, 'projected.png')))
  })

  it('refuses what is no picture, and a run that is none', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'broken.png')
    await writeFile(file, '\x89PNG\r\n')
    expectSentence(await kwiat('project', run, file, '--out', folder), /broken.png: expected a picture/)
    expectSentence(await kwiat('project', run, join(folder, 'none.png'), '--out', folder), /got nothing/)
    expectSentence(await kwiat('project', folder, file, '--out', folder), /expected a run’s folder/)
  })
})
