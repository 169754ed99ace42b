import 'vitest'

/** What the global set-up of a test run found: an address, or why there is none. */
export type Found = { readonly url: string } | { readonly missing: string }

export interface FoundServers {
  readonly postgres: Found
  readonly nats: Found
  readonly consul: Found
}

declare module 'vitest' {
  export interface ProvidedContext {
    localServers: FoundServers
  }
}
