import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { reasonsNotToDeploy } from '../pacts/can-i-deploy.ts'

/** Makes the command that tells whether a service may be deployed, from the files of a repository. */
export const pactCanIDeployIn = (root: string): Command => ({
  words: ['pact', 'can-i-deploy'],
  parameters: '<service> [--to <environment>]',
  takes: 'one',
  summary: 'tell whether a service fits the others, here or where it is to run',
  options: { to: { kind: 'string', help: 'an environment; without it, the services of this repository' } },
  async run(request) {
    const [service] = request.parameters
    if (service === undefined) throw new UsageError('say which service is to be deployed')
    const to = textOption(request, 'to')
    const reasons = await reasonsNotToDeploy(root, service, to)
    const where = to === undefined ? 'beside the services of this repository' : `to ${to}`
    if (reasons.length > 0)
      throw new RefusedError([`no: ${service} cannot be deployed ${where}`, ...reasons.map((one) => `  ${one}`)].join('\n'))
    request.print(`yes: ${service} can be deployed ${where}`)
  },
})
