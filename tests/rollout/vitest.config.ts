import { defineConfig } from 'vitest/config'

// Apart from the other projects: two shops are run one after the other, half of each by the commit before.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'rollout',
    include: ['*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
})
