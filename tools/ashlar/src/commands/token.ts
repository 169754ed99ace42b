import { fileURLToPath } from 'node:url'
import { callerToken } from '../caller-token.ts'
import { textOption, UsageError, type Command } from '../command.ts'

const keys = fileURLToPath(new URL('../../../../.ashlar/keys', import.meta.url))

/** Prints a token to call a service of the shop here at its own port. */
export const token: Command = {
  words: ['token'],
  parameters: '<service> [--as <service>]',
  takes: 'one',
  summary: 'print a token to call a service at its own port, good for a minute',
  options: { as: { kind: 'string', help: 'who calls; the gateway, for nobody known, unless said' } },
  async run(request) {
    const [service] = request.parameters
    if (service === undefined) throw new UsageError('say which service is to be called')
    request.print(await callerToken({ keys, service, as: textOption(request, 'as') }))
  },
}
