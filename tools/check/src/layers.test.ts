import { beforeAll, describe, expect, it } from 'vitest'
import { lintPlanted, type Verdict } from './testing/lint-planted.ts'

const servicesMeet = 'Services meet only through contracts'
const onlyTestsStart = 'Only tests may start local servers'
const speakToPorts = 'Operations, reactions and sagas speak to ports'
const domainAlone = 'the domain imports only itself'
const knowsNoBusiness = 'The platform knows no business'
const asAClient = 'A journey sees what a client sees'
const toolsStart = 'Tools start processes, they do not reach into them'

const illegal = [
  { file: 'platform/contract/src/a.ts', imports: '@ashlar/rpc', advice: 'platform/contract may use no other platform package' },
  { file: 'platform/rpc/src/a.ts', imports: '@ashlar/messaging', advice: 'platform/rpc may use @ashlar/contract' },
  { file: 'platform/service/src/b.ts', imports: '@ashlar/grpc', advice: 'platform/service may use @ashlar/contract' },
  { file: 'platform/saga/src/a.ts', imports: '@contracts/orders', advice: knowsNoBusiness },
  { file: 'platform/service/src/a.ts', imports: '@deploy/local/testing', advice: knowsNoBusiness },
  { file: 'observability/telemetry/src/a.ts', imports: '@ashlar/contract', advice: 'Telemetry is a leaf' },
  { file: 'contracts/orders/operations/a.ts', imports: '@services/orders', advice: 'A promise must not know who keeps it' },
  { file: 'contracts/orders/operations/b.ts', imports: '@contracts/payments', advice: 'Two promises tied together break together' },
  { file: 'contracts/orders/operations/c.ts', imports: '@ashlar/service', advice: 'A contract may import @ashlar/contract only' },
  { file: 'services/orders/src/adapters/a.ts', imports: '@services/payments', advice: servicesMeet },
  { file: 'services/orders/src/adapters/b.ts', imports: '../operations/place-order.ts', advice: 'it does not know the operations' },
  { file: 'services/orders/src/a.ts', imports: '@deploy/local/testing', advice: onlyTestsStart },
  { file: 'services/orders/src/domain/a.ts', imports: '../adapters/postgres-order-store.ts', advice: domainAlone },
  { file: 'services/orders/src/domain/b.ts', imports: '@contracts/orders', advice: domainAlone },
  { file: 'services/orders/src/operations/a.ts', imports: '../adapters/postgres-order-store.ts', advice: speakToPorts },
  { file: 'services/orders/src/reactions/a.ts', imports: '@ashlar/persistence', advice: speakToPorts },
  { file: 'services/orders/src/sagas/a.ts', imports: 'pg', advice: speakToPorts },
  { file: 'gateway/src/a.ts', imports: '@services/users', advice: 'The door does not know the rooms' },
  { file: 'tests/journeys/a.test.ts', imports: 'pg', advice: 'Only the ledger reads databases' },
  { file: 'tests/journeys/b.test.ts', imports: '../../services/orders/src/domain/order.ts', advice: asAClient },
  { file: 'tests/harness/a.ts', imports: '@services/orders', advice: asAClient },
  { file: 'tools/demo/src/a.ts', imports: '../../../services/orders/src/domain/order.ts', advice: toolsStart },
  { file: 'deploy/local/src/a.ts', imports: '@services/orders', advice: toolsStart },
  { file: 'platform/saga/src/chicken.ts', imports: './egg.ts', advice: 'Dependency cycle detected' },
  { file: 'platform/saga/src/egg.ts', imports: './chicken.ts', advice: 'Dependency cycle detected' },
]

const legal = [
  { file: 'platform/saga/src/a.ts', imports: '@ashlar/persistence' },
  { file: 'platform/saga/src/a.service.test.ts', imports: '@deploy/local/testing' },
  { file: 'contracts/orders/operations/a.ts', imports: '@ashlar/contract' },
  { file: 'services/orders/src/domain/a.ts', imports: './order.ts' },
  { file: 'services/orders/src/operations/a.ts', imports: '../ports.ts' },
  { file: 'services/orders/src/operations/b.ts', imports: '@contracts/orders' },
  { file: 'services/orders/src/adapters/a.ts', imports: '@contracts/payments' },
  { file: 'gateway/src/a.ts', imports: '@contracts/users' },
  { file: 'tests/harness/a.ts', imports: '@deploy/local' },
  { file: 'tests/harness/one-process.ts', imports: '@services/orders' },
  { file: 'tools/demo/src/a.ts', imports: '@tests/shop' },
]

describe('an import against the layers', () => {
  let verdict: Verdict
  beforeAll(async () => {
    verdict = await lintPlanted(illegal)
  })

  it('makes the check fail', () => {
    expect(verdict.passed).toBe(false)
    expect(verdict.advice.size).toBe(illegal.length)
  })

  it.each(illegal)('is answered with what to do instead: $file imports $imports', ({ file, advice }) => {
    expect(verdict.advice.get(file)).toEqual([expect.stringContaining(advice)])
  })
})

it('lets through what the layers allow', async () => {
  const { passed, advice } = await lintPlanted(legal)
  expect([...advice]).toEqual([])
  expect(passed).toBe(true)
})
