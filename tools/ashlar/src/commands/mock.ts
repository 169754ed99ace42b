import type { AnyBoundOperation } from '@ashlar/contract'
import { allContracts } from '../all-contracts.ts'
import { textOption, type Command } from '../command.ts'
import { findContract } from '../find-contract.ts'
import { mockErrorHeader } from '../mock/mock-error-header.ts'
import { wholeNumber } from '../whole-number.ts'

/** Serves a contract with made-up answers, until it is stopped. */
export const mock: Command = {
  words: ['mock'],
  parameters: '<contract> [--port <n>] [--seed <text>]',
  takes: 'one',
  summary: 'answer a contract’s operations with made-up values, the same for the same seed and input',
  options: {
    port: { kind: 'string', help: 'where to listen on 127.0.0.1; 4010 unless said, 0 takes a free one' },
    seed: { kind: 'string', help: 'what the answers are made from; 1 unless said' },
  },
  async run(request) {
    const contract = findContract(await allContracts(), request.parameters[0])
    const seed = textOption(request, 'seed') ?? '1'
    const port = wholeNumber(request, 'port', { least: 0, most: 65_535, otherwise: 4_010 })
    // only here: what makes values is not there where the shop is deployed, and this command line is
    const { startMock } = await import('../mock/start-mock.ts')
    const server = await startMock({ contract, port, seed })
    const url = `http://${server.host}:${server.port}`
    request.print(`mock of ${contract.id} at ${url}/rpc/${contract.id}, seed ${seed}; Ctrl-C stops it`)
    for (const { name, rest, errors } of Object.values<AnyBoundOperation>(contract.operations)) {
      const route = rest === undefined ? [] : [`${rest.method} ${url}${rest.path}`]
      const codes = Object.keys(errors)
      request.print(`  ${[name, ...route, ...(codes.length > 0 ? [`${mockErrorHeader}: ${codes.join(' | ')}`] : [])].join('   ')}`)
    }
    await server.stopped
  },
}
