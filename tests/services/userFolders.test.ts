import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userFolders } from '../../src/main/services/userFolders'

const inHome = (...names: string[]) => join(homedir(), ...names)

describe('the user’s folders', () => {
  it.each([
    { platform: 'linux' as const, environment: {}, runs: inHome('.local', 'share', 'kwiat', 'runs') },
    { platform: 'linux' as const, environment: { XDG_DATA_HOME: '/data' }, runs: '/data/kwiat/runs' },
    {
      platform: 'linux' as const,
      environment: { XDG_DATA_HOME: 'relative' },
      runs: inHome('.local', 'share', 'kwiat', 'runs')
    },
    { platform: 'darwin' as const, environment: {}, runs: inHome('Library', 'Application Support', 'Kwiat', 'runs') },
    { platform: 'win32' as const, environment: {}, runs: inHome('AppData', 'Local', 'Kwiat', 'runs') },
    { platform: 'win32' as const, environment: { LOCALAPPDATA: '/local' }, runs: '/local/Kwiat/runs' }
  ])('stand where $platform wants them with $environment', ({ platform, environment, runs }) => {
    expect(userFolders(environment, platform).runs).toBe(runs)
  })

  it('stand below KWIAT_HOME where that is set, and are absolute', () => {
    expect(userFolders({ KWIAT_HOME: 'here' }, 'linux')).toMatchObject({
      pictures: resolve('here', 'pictures'),
      runs: resolve('here', 'runs')
    })
    expect(userFolders({ KWIAT_HOME: '' }, 'linux')).toEqual(userFolders({}, 'linux'))
  })
})
