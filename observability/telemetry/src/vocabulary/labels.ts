/** Why the number of a label's values has a bound: without one it is no label. */
interface OpenDomain {
  readonly boundedBy: 'contracts' | 'configuration' | 'this vocabulary' | 'the runtime' | 'a standard'
  readonly example: string
}

interface ClosedDomain {
  readonly values: readonly string[]
}

/** Every label a metric may have. Values come from contracts, configuration or a list: never ids, paths, messages, addresses. */
export const labelVocabulary = {
  service: { boundedBy: 'configuration', example: 'orders' },
  caller: { boundedBy: 'configuration', example: 'gateway' },
  rpc_method: { boundedBy: 'contracts', example: 'orders.v1/placeOrder' },
  rpc_response_status_code: { boundedBy: 'contracts', example: 'NOT_FOUND' },
  http_request_method: { values: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '_OTHER'] },
  http_route: { boundedBy: 'contracts', example: '/v1/orders/{orderId}' },
  http_response_status_code: { boundedBy: 'a standard', example: '404' },
  messaging_destination_name: { boundedBy: 'contracts', example: 'orders.order-placed.v1' },
  consumer: { boundedBy: 'configuration', example: 'notifications-events' },
  outcome: {
    values: [
      'done',
      'again',
      'dead',
      'refused',
      'unanswered',
      'completed',
      'compensated',
      'needs_attention',
      'finished',
      'left',
      'ended',
      'failed',
    ],
  },
  error_class: { values: ['attempts_exhausted', 'held', 'invalid', 'permanent', 'unexpected'] },
  saga: { boundedBy: 'configuration', example: 'checkout' },
  status: { values: ['running', 'compensating', 'needs_attention', 'completed', 'compensated'] },
  step: { boundedBy: 'configuration', example: 'charge undo' },
  state: { values: ['idle', 'used'] },
  limit: { boundedBy: 'configuration', example: 'sign-in' },
  reason: { values: ['not_listening', 'queue_full', 'export_failed'] },
  metric: { boundedBy: 'this vocabulary', example: 'saga_instances' },
  cpu_mode: { values: ['user', 'system'] },
  v8js_gc_type: { values: ['minor', 'major', 'incremental', 'weakcb'] },
  v8js_heap_space_name: { boundedBy: 'the runtime', example: 'old_space' },
} as const satisfies Record<string, OpenDomain | ClosedDomain>

export type LabelName = keyof typeof labelVocabulary

export type LabelValue<Name extends LabelName> = (typeof labelVocabulary)[Name] extends { readonly values: readonly (infer Value)[] }
  ? Value
  : string
