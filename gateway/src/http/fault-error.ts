import type { Fault } from './fault.ts'

/** A request ends here with this fault; thrown inside the gateway, written once at its edge. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
  readonly fault: Fault
  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.detail, options)
    this.fault = fault
  }
}
