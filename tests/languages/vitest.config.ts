import { defineConfig } from 'vitest/config'

// Apart from the other projects: generators and compilers of other languages take a minute.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'languages',
    include: ['*.test.ts'],
    testTimeout: 300_000,
  },
})
