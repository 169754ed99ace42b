/** A local server that cannot be had on this machine: every way was tried, and each says why it failed. */
export class ServerUnavailableError extends Error {
  override readonly name = 'ServerUnavailableError'
}

/** A local server that was there but did not come up; the message names its log. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError'
}

/** A port that something else listens on; the message says what to do. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
  readonly port: number
  constructor(port: number, message: string) {
    super(message)
    this.port = port
  }
}

/** Files kept from an earlier run that cannot be used, or do not belong together; the message names them and says what to do. */
export class StateDamagedError extends Error {
  override readonly name = 'StateDamagedError'
}

/** A folder that another running process is using. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
  /** The process that holds the folder's lock, where that is known. */
  readonly pid: number | undefined
  constructor(message: string, { pid }: { pid?: number } = {}) {
    super(message)
    this.pid = pid
  }
}
