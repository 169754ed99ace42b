import { registrySuite } from '../testing/registry-suite.ts'
import { findConsul, prepareConsul } from '../testing/run-consul.ts'

const program = findConsul()
if (program === undefined && process.env.ASHLAR_REQUIRE_SERVERS === '1') {
  throw new Error('Consul is required here: put it on the path, or name it in ASHLAR_CONSUL_BIN')
}

registrySuite('Consul', {
  checkIntervalMs: 1_000,
  unavailable: program === undefined ? 'no Consul: npm run servers -- consul obtains it' : undefined,
  async open() {
    const consul = await prepareConsul(program ?? 'consul')
    await consul.start()
    return { url: consul.url, takeAway: () => consul.kill(), bringBack: () => consul.start(), close: () => consul.kill() }
  },
})
