import { relative } from 'node:path'
import { contentOf, currentPacts, noteTold } from '@tools/ashlar/pacts'
import type { Reporter, TestModule } from 'vitest/node'

/** Notes, when all is over, which consumers have told what they read in this very run: those whose every test of it passed. */
export function notingWhoTold(repository: string): Reporter {
  return {
    async onTestRunEnd(modules) {
      const told = modules.filter(hasTold).map(({ moduleId }) => relative(repository, moduleId).replaceAll('\\', '/'))
      for (const pact of await currentPacts(repository)) {
        const { consumer, provider } = pact
        const test = `test/${provider}.pact.test.ts`
        if (told.includes(`services/${consumer}/${test}`) || told.includes(`${consumer}/${test}`))
          await noteTold(repository, pact, await contentOf(repository, consumer))
      }
    },
  }
}

function hasTold(module: TestModule): boolean {
  const tests = [...module.children.allTests()]
  return tests.length > 0 && tests.every((test) => test.result().state === 'passed')
}
