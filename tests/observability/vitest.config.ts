import { defineConfig } from 'vitest/config'

// Apart from the other projects: it takes minutes, most of them waiting for what is sent and scraped every few seconds.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'observability',
    include: ['*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
})
