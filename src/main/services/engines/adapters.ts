import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Adapter } from '../../../shared/contract/engines'
import { parseJson } from '../../../shared/parseJson'

const run = promisify(execFile)
const patienceMs = 5000

/** Names of software that plays a GPU. */
const software = /swiftshader|llvmpipe|lavapipe|lvp_icd|softpipe|basic render|software/i

/** What a tool prints; empty where it isn't there or fails. */
const output = async (command: string, options: readonly string[]): Promise<string> =>
  run(command, options, { timeout: patienceMs, windowsHide: true }).then(
    ({ stdout }) => stdout,
    () => ''
  )

const text = async (path: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (content) => content.trim(),
    () => ''
  )

const positive = (number: number): number | null => (Number.isFinite(number) && number > 0 ? number : null)

/** `nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader,nounits`; memory in MiB. */
export const parseNvidiaSmi = (csv: string): Adapter[] =>
  csv
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .flatMap(([name, driver, mebibytes]) =>
      name === undefined || driver === undefined || mebibytes === undefined
        ? []
        : [{ name, driver: `nvidia ${driver}`, memoryBytes: positive(Number(mebibytes) * 2 ** 20), isSoftware: false }]
    )

const vendors: Readonly<Record<string, string>> = { '10DE': 'NVIDIA', '1002': 'AMD', '8086': 'Intel', '106B': 'Apple' }

/** What Linux says of a card: `uevent` of its device, the driver's version and the bytes of its memory where it tells them. */
export function parseCard(uevent: string, version: string, memory: string): Adapter | null {
  const value = (key: string) => uevent.match(new RegExp(`^${key}=(.*)$`, 'm'))?.[1]
  const [driver, pciId] = [value('DRIVER'), value('PCI_ID')]
  if (driver === undefined) {
    return null
  }
  const vendor = vendors[pciId?.split(':')[0]?.toUpperCase() ?? '']
  return {
    name: [vendor, pciId ?? driver].filter((part) => part !== undefined).join(' '),
    driver: [driver, version].filter((part) => part !== '').join(' '),
    memoryBytes: memory === '' ? null : positive(Number(memory)),
    isSoftware: false
  }
}

const controllerSchema = z.object({
  Name: z.string(),
  DriverVersion: z.string().nullable(),
  /** Of 32 bits, so that 4 GB and more are told as 4 GB. */
  AdapterRAM: z.number().nullable()
})

/** PowerShell's `Get-CimInstance Win32_VideoController | ConvertTo-Json`: an object, or a list of them. */
export function parseVideoControllers(json: string): Adapter[] {
  const parsed = z.union([z.array(controllerSchema), controllerSchema]).safeParse(parseJson(json))
  return [parsed.data ?? []].flat().map(({ Name, DriverVersion, AdapterRAM }) => ({
    name: Name,
    driver: DriverVersion,
    memoryBytes: AdapterRAM !== null && AdapterRAM < 2 ** 32 - 2 ** 21 ? positive(AdapterRAM) : null,
    isSoftware: software.test(Name)
  }))
}

const displaysSchema = z.object({ SPDisplaysDataType: z.array(z.object({ sppci_model: z.string() })) })

/** macOS' `system_profiler -json SPDisplaysDataType`; the memory is the computer's. */
export const parseDisplays = (json: string): Adapter[] =>
  (displaysSchema.safeParse(parseJson(json)).data?.SPDisplaysDataType ?? []).map(({ sppci_model: name }) => ({
    name,
    driver: 'Metal',
    memoryBytes: null,
    isSoftware: false
  }))

/** Vulkan drivers that the environment names in the place of the system's. */
export function driversOf(environment: NodeJS.ProcessEnv): Adapter[] {
  const named = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES ?? ''
  return named
    .split(process.platform === 'win32' ? ';' : ':')
    .filter((path) => path !== '')
    .map((path) => ({
      name: /swiftshader/i.test(path) ? 'SwiftShader' : basename(path),
      driver: path,
      memoryBytes: null,
      isSoftware: software.test(path)
    }))
}

async function linuxCards(): Promise<Adapter[]> {
  const folder = '/sys/class/drm'
  const cards = (await readdir(folder).catch(() => [])).filter((name) => /^card\d+$/.test(name))
  const found: Adapter[] = []
  for (const card of cards) {
    const device = join(folder, card, 'device')
    const uevent = await text(join(device, 'uevent'))
    const driver = uevent.match(/^DRIVER=(.*)$/m)?.[1] ?? ''
    const version = await text(join('/sys/module', driver, 'version'))
    const adapter = parseCard(uevent, version, await text(join(device, 'mem_info_vram_total')))
    found.push(...(adapter === null ? [] : [adapter]))
  }
  return found
}

async function linuxAdapters(): Promise<Adapter[]> {
  const nvidia = parseNvidiaSmi(
    await output('nvidia-smi', ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader,nounits'])
  )
  const cards = await linuxCards()
  return [...nvidia, ...(nvidia.length === 0 ? cards : cards.filter(({ name }) => !name.startsWith('NVIDIA')))]
}

const videoControllers =
  'Get-CimInstance Win32_VideoController | Select-Object Name,DriverVersion,AdapterRAM | ConvertTo-Json'

/** The GPUs of this computer, as far as the system tells; none where it doesn't. */
export async function findAdapters(environment: NodeJS.ProcessEnv = process.env): Promise<Adapter[]> {
  const named = driversOf(environment)
  switch (process.platform) {
    case 'linux':
      // Drivers that the environment names are the only ones that Vulkan sees.
      return named.length > 0 ? named : linuxAdapters()
    case 'win32':
      return parseVideoControllers(await output('powershell', ['-NoProfile', '-Command', videoControllers]))
    case 'darwin':
      return parseDisplays(await output('system_profiler', ['-json', 'SPDisplaysDataType']))
    default:
      return []
  }
}
