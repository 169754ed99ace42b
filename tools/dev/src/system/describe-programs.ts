import { join } from 'node:path'
import type { Program } from '../processes/node-process.ts'
import { cardProviderEnvironment, gatewayEnvironment, serviceEnvironment, type Surroundings } from './environments.ts'
import { serviceMain } from './programs.ts'
import type { SystemPorts } from './system-ports.ts'

/** Describes one instance of a service; `name` is its own among the processes. */
export function serviceProgram(service: string, databaseUrl: string, around: Surroundings & { readonly name?: string }): Program {
  return {
    name: around.name ?? service,
    main: serviceMain(around.root, service),
    environment: serviceEnvironment(service, databaseUrl, around),
    healthPath: '/health/ready',
  }
}

/** Describes the gateway. */
export function gatewayProgram({ gateway }: SystemPorts, around: Surroundings): Program {
  return {
    name: 'gateway',
    main: join(around.root, 'gateway', 'src', 'main.ts'),
    environment: gatewayEnvironment(gateway, around),
    healthPath: '/health/ready',
  }
}

/** Describes the card provider. */
export function cardProviderProgram({ cardProvider }: SystemPorts, around: Surroundings): Program {
  return {
    name: 'card-provider',
    main: join(around.root, 'tools', 'card-provider', 'src', 'main.ts'),
    environment: cardProviderEnvironment(cardProvider, around),
    healthPath: '/health',
  }
}
