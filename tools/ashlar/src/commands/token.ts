import { callerToken } from '../caller-token.ts'
import { textOption, UsageError, type Command } from '../command.ts'
import { keysFolder } from '../keys-folder.ts'

/** Prints a token to call a service of the shop here at its own port. */
export const token: Command = {
  words: ['token'],
  parameters: '<service> [--as <service|customer>] [--keys <folder>]',
  takes: 'one',
  summary: 'print a token to call a service at its own port, or the gateway as a customer, good for a minute',
  options: {
    as: { kind: 'string', help: 'who calls: a service, or a customer nobody knows; the gateway, for nobody known, unless said' },
    keys: { kind: 'string', help: 'where the shop keeps its keys; .ashlar/keys unless said' },
  },
  async run(request) {
    const [service] = request.parameters
    if (service === undefined) throw new UsageError('say which service is to be called')
    const keys = textOption(request, 'keys') ?? keysFolder
    request.print(await callerToken({ keys, service, as: textOption(request, 'as') }))
  },
}
