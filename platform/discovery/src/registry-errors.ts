/** The registry did not answer, or not in a way that can be read. Worth trying again. */
export class RegistryUnavailableError extends Error {
  override readonly name = 'RegistryUnavailableError'
}

/** The registry answered and said no: a bad request, or a token it does not accept. */
export class RegistryRefusedError extends Error {
  override readonly name = 'RegistryRefusedError'
  readonly status: number

  constructor(message: string, { status }: { status: number }) {
    super(message)
    this.status = status
  }
}

/** Something was asked of a registry after its `close()`. */
export class RegistryClosedError extends Error {
  override readonly name = 'RegistryClosedError'

  constructor() {
    super('The registry is closed: nothing can be registered or watched any more.')
  }
}
