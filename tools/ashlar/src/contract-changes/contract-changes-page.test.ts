import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot } from '../generated/write-or-check.ts'
import { contractChangesPage } from './contract-changes-page.ts'

it('shows in docs/contract-changes.md what really is said when a field is renamed', async () => {
  const page = await contractChangesPage(repositoryRoot)
  for (const told of ['services/orders/src/', 'BREAKING   getProduct output', 'gateway (pact:', 'orders (pact:', 'and refuses {'])
    expect(page).toContain(told)
  await expect(page).toMatchFileSnapshot(join(repositoryRoot, 'docs', 'contract-changes.md'))
}, 240_000)
