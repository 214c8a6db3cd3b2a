import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/conformance/**', 'tests/cli/**', 'tests/trainer/**'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Two cores: one worker leaves the other to the native threads of the engine under test.
          pool: 'forks',
          maxWorkers: 2
        }
      },
      {
        test: {
          name: 'cli',
          // These start the programs that users start.
          globalSetup: ['tests/support/buildMain.ts'],
          include: ['tests/cli/**/*.test.ts', 'tests/trainer/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 2
        }
      },
      {
        test: {
          name: 'conformance',
          include: ['tests/conformance/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 2,
          // tfjs' tests import its modules one by one, without file endings; the compiler must share those modules.
          alias: [{ find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/index.js' }],
          server: { deps: { inline: [/@tensorflow\/tfjs-core/] } }
        }
      }
    ]
  }
})
