import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { smallRepository } from '../testing/small-repository.ts'
import { createImportGraph } from './import-graph.ts'
import { readWorkspaces } from './workspaces.ts'

const files = {
  'package.json': JSON.stringify({ workspaces: ['contracts/*', 'gateway'] }),
  'gateway/package.json': JSON.stringify({ name: '@services/gateway' }),
  'contracts/orders/package.json': JSON.stringify({
    name: '@contracts/orders',
    exports: { '.': './index.ts', './testing': './testing.ts' },
  }),
  'contracts/orders/index.ts': `export { money } from './shapes/money.ts'`,
  'contracts/orders/shapes/money.ts': `import './../index.ts'`,
  'contracts/orders/testing.ts': ``,
  'gateway/src/main.ts': `import { money } from '@contracts/orders'\nimport 'undici'`,
}

it('follows imports from package to package and round in circles, and stops at the edge of the repository', () => {
  using repository = smallRepository(files)
  const graph = createImportGraph(readWorkspaces(repository.root))
  const reached = ['gateway/src/main.ts', 'contracts/orders/index.ts', 'contracts/orders/shapes/money.ts'].map((path) =>
    repository.at(path),
  )
  expect([...graph.filesOf(repository.at('gateway/src/main.ts'))]).toEqual(reached)
})

it('sees new imports once a file was read again, and knows a file saved unchanged', () => {
  using repository = smallRepository(files)
  const main = repository.at('gateway/src/main.ts')
  const graph = createImportGraph(readWorkspaces(repository.root))
  graph.filesOf(main)
  expect(graph.refresh(main)).toBe(false)
  repository.write('gateway/src/main.ts', `import '@contracts/orders/testing'`)
  expect(graph.refresh(main)).toBe(true)
  expect([...graph.filesOf(main)]).toEqual([main, repository.at('contracts/orders/testing.ts')])
})

it('knows what this very program is made of', () => {
  const root = resolve(import.meta.dirname, '../../../..')
  const reached = createImportGraph(readWorkspaces(root)).filesOf(resolve(import.meta.dirname, '../terminal/run-dev.ts'))
  expect(reached).toContain(resolve(root, 'deploy/local/src/start-local-servers.ts'))
  expect(reached).not.toContain(resolve(root, 'deploy/local/src/testing/start-servers.ts'))
})
