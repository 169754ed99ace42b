import { RegistryClosedError } from './registry-errors.ts'
import type { Registration, ServiceWatch } from './registry.ts'

/** What a registry has opened and not yet closed. */
export interface OpenParts {
  /** Throws `RegistryClosedError` once closed. */
  requireOpen(): void
  addWatch(watch: ServiceWatch): ServiceWatch
  /** Takes charge of a registration from the moment it starts, so that a close in the middle of it still undoes it. */
  addRegistration(registering: Promise<Registration>): Promise<Registration>
  /** Closes every watch and deregisters what is still registered; safe to repeat. */
  closeAll(): Promise<void>
}

/** Starts an empty account of open parts. */
export function openParts(): OpenParts {
  const watches = new Set<ServiceWatch>()
  const registrations = new Set<Promise<Registration>>()
  let isClosed = false
  return {
    requireOpen() {
      if (isClosed) throw new RegistryClosedError()
    },
    addWatch(watch) {
      watches.add(watch)
      return {
        ready: watch.ready,
        instances: () => watch.instances(),
        close() {
          watches.delete(watch)
          watch.close()
        },
      }
    },
    async addRegistration(registering) {
      registrations.add(registering)
      try {
        const registration = await registering
        return {
          async deregister() {
            await registration.deregister()
            registrations.delete(registering)
          },
        }
      } catch (error) {
        registrations.delete(registering)
        throw error
      }
    },
    async closeAll() {
      isClosed = true
      for (const watch of watches) watch.close()
      // one that could not be registered has nothing to undo, and its caller was told
      const settled = await Promise.allSettled(registrations)
      const registered = settled.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value)
      await Promise.all(registered.map((registration) => registration.deregister()))
    },
  }
}
