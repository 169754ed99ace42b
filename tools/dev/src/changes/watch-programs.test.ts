import { expect, it } from 'vitest'
import { smallRepository } from '../testing/small-repository.ts'
import { createImportGraph } from './import-graph.ts'
import { watchPrograms } from './watch-programs.ts'
import { readWorkspaces } from './workspaces.ts'

it('names just the programs that contain the changed file, also when they have come to import it only now', async () => {
  using repository = smallRepository({
    'package.json': '{}',
    'orders/main.ts': `import '../shared/money.ts'`,
    'users/main.ts': ``,
    'shared/money.ts': `export const euro = 1`,
  })
  const seen: [string, string][][] = []
  using _watching = watchPrograms({
    programs: new Map(['orders', 'users'].map((name) => [name, repository.at(`${name}/main.ts`)])),
    graph: createImportGraph(readWorkspaces(repository.root)),
    onChange: (changed) => seen.push([...changed]),
  })

  repository.write('shared/money.ts', `export const euro = 100`)
  await expect.poll(() => seen).toEqual([[['orders', repository.at('shared/money.ts')]]])

  repository.write('users/main.ts', `import '../shared/money.ts'`)
  await expect.poll(() => seen.at(-1)).toEqual([['users', repository.at('users/main.ts')]])

  repository.write('shared/money.ts', `export const euro = 1_00`)
  await expect.poll(() => seen.at(-1)?.map(([name]) => name)).toEqual(['orders', 'users'])
})
