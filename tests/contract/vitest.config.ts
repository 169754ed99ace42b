import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { notingWhoTold } from './note-told.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

// Apart from the other projects, as it writes what it is told: first every consumer tells what it reads, then providers are held to it.
export default defineConfig({
  root,
  test: {
    reporters: ['default', notingWhoTold(root)],
    projects: [
      {
        test: {
          name: 'consumers',
          include: ['{services/*,gateway}/test/*.pact.test.ts'],
          testTimeout: 30_000,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'providers',
          include: ['tests/contract/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
