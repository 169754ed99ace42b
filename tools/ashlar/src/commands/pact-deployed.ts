import { textOption, UsageError, type Command } from '../command.ts'
import { noteDeployment } from '../pacts/environments.ts'

/** Makes the command that notes what runs where. */
export const pactDeployedIn = (root: string): Command => ({
  words: ['pact', 'deployed'],
  parameters: '<service> --to <environment>',
  takes: 'one',
  summary: 'note that a service, as it is here, now runs in an environment',
  options: { to: { kind: 'string', help: 'the environment: deploy/environments/<text>.json' } },
  async run(request) {
    const [[service], to] = [request.parameters, textOption(request, 'to')]
    if (service === undefined || to === undefined || !/^[a-z][a-z0-9-]*$/.test(to))
      throw new UsageError('say which service was deployed, and where: --to production')
    request.print(`${service} ${await noteDeployment(root, service, to)} runs in ${to}`)
  },
})
