import type { Architecture } from '../../../shared/architecture/architecture'
import type { Role } from '../../../shared/architecture/roles'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import { KwiatError } from '../../../shared/errors'
import { formatBytes } from '../../../shared/formatBytes'
import type { InEveryLanguage } from '../../../shared/language'

/** What the user should know of what was read. */
export interface Note {
  readonly network: Role | null
  readonly layer: string | null
  readonly text: InEveryLanguage<string>
}

/** A layer that Kwiat does not have. */
export interface UnknownLayer {
  readonly network: Role
  readonly name: string
  readonly type: string
}

/** What was read from files of networks. */
export interface Imported {
  readonly configuration: RunConfiguration
  /** As "Keras 3". */
  readonly format: string
  /** The networks that were in it. */
  readonly networks: readonly Role[]
  readonly notes: readonly Note[]
  readonly unknownLayers: readonly UnknownLayer[]
}

/** Files of networks are small; nothing larger is even parsed. */
export const maxModelBytes = 4e6

/** @param who the file, or "model" for a text */
export const unreadable = (who: string, expected: string, actual: string, todo: string): KwiatError =>
  new KwiatError('model-unreadable', { who, expected, actual, todo })

export const tooLarge = (who: string, bytes: number): KwiatError =>
  unreadable(
    who,
    `a description of networks of at most ${formatBytes(maxModelBytes)}`,
    formatBytes(bytes),
    'choose the file that model.to_json() wrote; weights are not read'
  )

/** The configuration with these networks. */
export const withArchitecture = (base: RunConfiguration, architecture: Partial<Architecture>): RunConfiguration => ({
  ...base,
  architecture: { ...base.architecture, ...architecture }
})
