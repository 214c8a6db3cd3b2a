import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

/** The main bundle is CommonJS for Node 18.15, the oldest runtime that the tests start it with. */
export default defineConfig({
  main: {
    build: {
      target: 'node18.15',
      // Native packages stay outside; everything else is bundled, so that the app ships two packages only.
      externalizeDeps: { include: ['onnxruntime-node', 'sharp'], exclude: [] },
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.electron.ts'),
          cli: resolve('src/main/host/cli/index.ts'),
          trainer: resolve('src/main/trainer/trainerMain.ts'),
          saver: resolve('src/main/trainer/saverMain.ts'),
          workshop: resolve('src/main/workshop/workshopMain.ts')
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          // Without it, entries that bundle CommonJS packages require one another and run the wrong program.
          strictExecutionOrder: true
        }
      }
    }
  },
  preload: {
    build: {
      target: 'node18.15',
      // A sandboxed preload script must be one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: 'src/renderer',
    build: { target: 'chrome114', minify: true, rolldownOptions: { input: resolve('src/renderer/index.html') } },
    plugins: [svelte({ configFile: resolve('svelte.config.js') })]
  }
})
