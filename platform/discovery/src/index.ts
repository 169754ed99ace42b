export type { Instance, Registration, Registry, RegistryHealth, ServiceWatch } from './registry.ts'
