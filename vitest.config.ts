import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte({ configFile: resolve('svelte.config.js') })],
        // Svelte's own server build would be taken otherwise, which can't mount components.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'web',
          include: ['tests/renderer/**/*.test.ts'],
          environment: 'happy-dom',
          pool: 'forks',
          maxWorkers: 2
        }
      },
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['conformance', 'renderer', 'cli', 'trainer', 'workshop', 'e2e'].map(
            (folder) => `tests/${folder}/**`
          ),
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
          include: ['tests/cli/**/*.test.ts', 'tests/trainer/**/*.test.ts', 'tests/workshop/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 2
        }
      },
      {
        test: {
          name: 'e2e',
          // These do what users do, in the windows that users see.
          globalSetup: ['tests/e2e/support/globalSetup.ts'],
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          expect: { poll: { timeout: 15_000 } },
          // After all others: a window that shares its cores with them would answer late.
          sequence: { groupOrder: 1 },
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
