export { openRegistry } from './open-registry.ts'
export type { RegistryOptions, RegistryToken } from './registry-options.ts'
export { RegistryClosedError, RegistryRefusedError, RegistryUnavailableError } from './registry-errors.ts'
export type { Instance, Registration, Registry, RegistryHealth, ServiceWatch } from './registry.ts'
