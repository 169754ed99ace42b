import { defineConfig } from 'vitest/config'

// Apart from the other projects: copies of the repository are checked and run, which takes minutes.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'scaffold',
    include: ['*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
})
