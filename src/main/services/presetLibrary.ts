import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunConfiguration, runConfigurationSchema } from '../../shared/config/runConfiguration'
import type { Preset } from '../../shared/contract/presets'
import { KwiatError } from '../../shared/errors'
import { parseJson } from '../../shared/parseJson'
import { unlessMissing } from '../files/nodeErrors'
import { replaceFile } from '../files/writeFile'
import { loadPreset, presetNames } from '../model/presets'

const prefix = 'preset-'
const ending = '.json'

/** Every name has a file name of its own that any system takes. */
const fileName = (name: string): string => `${prefix}${encodeURIComponent(name)}${ending}`

const builtIn = (): Preset[] => presetNames.map((name) => ({ name, isBuiltIn: true, configuration: loadPreset(name) }))

const isSameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The built-in presets and those that the user saved: a file each, which anybody can read, copy and give away. */
export class PresetLibrary {
  readonly #folder: string
  readonly #onBroken: (path: string) => void

  /** @param onBroken is told of files that hold no preset; they are passed over and stay as they are */
  constructor(folder: string, onBroken: (path: string) => void) {
    this.#folder = folder
    this.#onBroken = onBroken
  }

  /** The built-in ones first, then the user's by name. */
  async list(): Promise<Preset[]> {
    const names = await unlessMissing(readdir(this.#folder), [])
    const files = names.filter((name) => name.startsWith(prefix) && name.endsWith(ending)).sort()
    const own = await Promise.all(files.map((name) => this.#read(join(this.#folder, name))))
    return [...builtIn(), ...own.flatMap((preset) => preset ?? [])]
  }

  /** @throws KwiatError `usage` for an unknown name, listing the known ones */
  async find(name: string): Promise<RunConfiguration> {
    const all = await this.list()
    const found = all.find((preset) => preset.name === name)
    if (found === undefined) {
      throw unknownPreset(name, all)
    }
    return found.configuration
  }

  /**
   * Saves a preset under its name; one that the user saved before under this name is replaced.
   *
   * @throws KwiatError `usage` for the name of a built-in preset, `disk-full`, `disk-unwritable`
   */
  async save(name: string, configuration: RunConfiguration): Promise<Preset> {
    if (presetNames.some((known) => isSameName(known, name))) {
      throw new KwiatError('usage', {
        who: 'preset',
        expected: 'a name of your own',
        actual: `${name}, which is a built-in preset`,
        todo: 'choose another name'
      })
    }
    const named = { ...configuration, preset: name }
    await mkdir(this.#folder, { recursive: true })
    await replaceFile(join(this.#folder, fileName(name)), `${JSON.stringify(named, null, 2)}\n`)
    return { name, isBuiltIn: false, configuration: named }
  }

  /** @throws KwiatError `usage` where the user saved no preset of this name */
  async remove(name: string): Promise<void> {
    const own = (await this.list()).filter(({ isBuiltIn }) => !isBuiltIn)
    if (!own.some((preset) => preset.name === name)) {
      throw unknownPreset(name, own)
    }
    await rm(join(this.#folder, fileName(name)), { force: true })
  }

  async #read(path: string): Promise<Preset | null> {
    const parsed = runConfigurationSchema.safeParse(parseJson(await unlessMissing(readFile(path, 'utf8'), '')))
    if (!parsed.success || !path.endsWith(fileName(parsed.data.preset))) {
      this.#onBroken(path)
      return null
    }
    return { name: parsed.data.preset, isBuiltIn: false, configuration: parsed.data }
  }
}

const unknownPreset = (name: string, known: readonly Preset[]): KwiatError =>
  new KwiatError('usage', {
    who: 'preset',
    expected:
      known.length === 0 ? 'a preset that you saved' : `one of ${known.map((preset) => preset.name).join(', ')}`,
    actual: name,
    todo: 'choose one of these'
  })
