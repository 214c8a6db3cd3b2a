import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Two cores: one worker leaves the other to the native threads of the engine under test.
          pool: 'forks',
          maxWorkers: 2
        }
      }
    ]
  }
})
