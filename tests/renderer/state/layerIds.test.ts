import { describe, expect, it } from 'vitest'
import { fittingIds, followEdit, newLayerIds } from '../../../src/renderer/state/layerIds'
import { applyEdit, type Edit } from '../../../src/shared/architecture/edits'
import { newLayer } from '../../../src/shared/architecture/newLayer'
import { cholletConfiguration } from '../support/configurations'

const { architecture } = cholletConfiguration
const dropout = newLayer('Dropout')

describe('ids of layers', () => {
  const ids = newLayerIds(architecture)
  const [a, b, c, d, ...rest] = ids.generator

  it.each<readonly [string, Edit, readonly unknown[]]>([
    ['insert', { kind: 'insert', network: 'generator', position: 1, layer: dropout }, [a, expect.any(Number), b, c, d]],
    ['remove', { kind: 'remove', network: 'generator', position: 1 }, [a, c, d]],
    ['move down', { kind: 'move', network: 'generator', position: 0, to: 2 }, [b, c, a, d]],
    ['move up', { kind: 'move', network: 'generator', position: 2, to: 0 }, [c, a, b, d]],
    ['replace', { kind: 'replace', network: 'generator', position: 1, layer: dropout }, [a, b, c, d]],
    ['setting', { kind: 'setting', path: ['loss', 'labelNoise'], value: 0.1 }, [a, b, c, d]]
  ])('stay with their layers when one edits: %s', (_, edit, expected) => {
    const followed = followEdit(ids, edit)
    expect(followed.generator).toEqual([...expected, ...rest])
    expect(followed.discriminator).toBe(ids.discriminator)
    expect(followed.generator).toHaveLength(applyEdit(cholletConfiguration, edit).architecture.generator.length)
    expect(new Set(followed.generator).size).toBe(followed.generator.length)
  })

  it('are new for a network that has another number of layers', () => {
    const shorter = { ...architecture, generator: architecture.generator.slice(1) }
    const fitting = fittingIds(ids, shorter)
    expect(fitting.discriminator).toBe(ids.discriminator)
    expect(fitting.generator.filter((id) => ids.generator.includes(id))).toEqual([])
    expect(fitting.generator).toHaveLength(shorter.generator.length)
  })
})
