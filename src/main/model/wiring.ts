import { isNetworkInput, layerNames, type NetworkInput } from '../../shared/architecture/layerNames'
import type { LayerSpec } from '../../shared/architecture/layers'
import type { Role } from '../../shared/architecture/roles'
import type { Finding } from './finding'

/** A layer with its final name and the names of what it reads: earlier layers or the network's inputs. */
export interface WiredLayer {
  readonly name: string
  readonly spec: LayerSpec
  readonly inputs: readonly string[]
}

type Place = Pick<Finding, 'severity' | 'network' | 'position'>

const placeOf = (network: Role, position: number): Place => ({ severity: 'error', network, position })

/** A layer with the name of a network's input, or of a layer before it. */
function nameTaken(role: Role, name: string, position: number): Finding {
  const isReserved = isNetworkInput(name)
  return {
    ...placeOf(role, position),
    code: 'layer-name-taken',
    text: {
      en: {
        expected: 'a name of its own',
        actual: isReserved ? 'the name of a network input' : 'the name of an earlier layer',
        todo: 'give it another name or none'
      },
      pl: {
        expected: 'własna nazwa',
        actual: isReserved ? 'nazwa wejścia sieci' : 'nazwa wcześniejszej warstwy',
        todo: 'nadaj jej inną nazwę albo żadnej'
      }
    },
    repair: {
      label: { en: 'Take its name away', pl: 'Usuń jej nazwę' },
      edits: [{ kind: 'field', network: role, position, field: 'name', value: null }]
    }
  }
}

function unknownInput(role: Role, position: number, input: string, known: readonly string[]): Finding {
  return {
    ...placeOf(role, position),
    code: 'layer-input-unknown',
    text: {
      en: {
        expected: `inputs among ${known.join(', ')}`,
        actual: input,
        todo: 'name the network’s input or layers that stand before it'
      },
      pl: {
        expected: `wejścia spośród: ${known.join(', ')}`,
        actual: input,
        todo: 'podaj wejście sieci albo warstwy, które stoją przed nią'
      }
    },
    repair: {
      label: { en: 'Read the layer before it', pl: 'Czytaj poprzednią warstwę' },
      edits: [{ kind: 'field', network: role, position, field: 'inputs', value: null }]
    }
  }
}

/** An output that nobody reads: its layer would never learn anything. */
function unread(role: Role, position: number): Finding {
  return {
    ...placeOf(role, position),
    code: 'layer-unread',
    text: {
      en: {
        expected: 'a later layer that reads its output',
        actual: 'none',
        todo: 'name it in the inputs of a later layer or remove it'
      },
      pl: {
        expected: 'późniejsza warstwa, która czyta jej wyjście',
        actual: 'brak',
        todo: 'podaj ją w wejściach późniejszej warstwy albo usuń'
      }
    },
    repair: {
      label: { en: 'Remove the layer', pl: 'Usuń warstwę' },
      edits: [{ kind: 'remove', network: role, position }]
    }
  }
}

function takenNames(role: Role, layers: readonly LayerSpec[]): readonly Finding[] {
  const seen = new Set<string>()
  return layers.flatMap(({ name }, position) => {
    const isTaken = name !== undefined && (isNetworkInput(name) || seen.has(name))
    seen.add(name ?? '')
    return isTaken ? [nameTaken(role, name, position)] : []
  })
}

function unknownInputs(role: Role, wired: readonly WiredLayer[], given: readonly string[]): readonly Finding[] {
  const known = new Set(given)
  return wired.flatMap(({ name, inputs }, position) => {
    const unknown = inputs.find((input) => !known.has(input))
    const names = unknown === undefined ? [] : [...known]
    known.add(name)
    return unknown === undefined ? [] : [unknownInput(role, position, unknown, names)]
  })
}

function unreadLayers(role: Role, wired: readonly WiredLayer[]): readonly Finding[] {
  const read = new Set(wired.flatMap(({ inputs }) => inputs))
  return wired.slice(0, -1).flatMap(({ name }, position) => (read.has(name) ? [] : [unread(role, position)]))
}

/**
 * Names every layer and resolves what each one reads: the layer before it unless its `inputs` say otherwise. What is
 * wrong with names and inputs is found, not thrown: a layer whose name is taken gets an automatic one.
 *
 * @param given the network's inputs that exist, "input" first
 */
export function wireLayers(
  role: Role,
  layers: readonly LayerSpec[],
  given: readonly NetworkInput[]
): { readonly wired: readonly WiredLayer[]; readonly findings: readonly Finding[] } {
  const names = layerNames(layers)
  const wired = layers.map((spec, position) => ({
    name: names[position]!,
    spec,
    inputs: spec.inputs ?? [names[position - 1] ?? 'input']
  }))
  const findings = [...takenNames(role, layers), ...unknownInputs(role, wired, given), ...unreadLayers(role, wired)]
  return { wired, findings }
}
