// Names of OpenTelemetry's semantic conventions 1.44, and words of our own under prefixes of our own.
// A value is a name, a code, an id or a number: never text that people or programs composed, which could hold a secret.
const attributes = {
  'error.type': 'string',
  'server.address': 'string',
  'server.port': 'number',
  'http.request.method': 'string',
  'http.route': 'string',
  'http.response.status_code': 'number',
  'url.scheme': 'string',
  'network.protocol.version': 'string',
  'rpc.system.name': 'string',
  'rpc.method': 'string',
  'rpc.method_original': 'string',
  'rpc.response.status_code': 'string',
  'rpc.caller': 'string',
  'rpc.attempts': 'number',
  'rpc.batch.size': 'number',
  'db.system.name': 'string',
  'db.namespace': 'string',
  'db.operation.name': 'string',
  'db.query.count': 'number',
  'db.query.duration': 'number',
  'db.response.status_code': 'string',
  'messaging.system': 'string',
  'messaging.operation.name': 'string',
  'messaging.operation.type': 'string',
  'messaging.destination.name': 'string',
  'messaging.destination.template': 'string',
  'messaging.destination.subscription.name': 'string',
  'messaging.consumer.group.name': 'string',
  'messaging.message.id': 'string',
  'messaging.message.conversation_id': 'string',
  'messaging.message.body.size': 'number',
  'messaging.batch.message_count': 'number',
  'messaging.nats.stream': 'string',
  'messaging.nats.sequence': 'number',
  'messaging.nats.delivery_count': 'number',
  'message.outcome': 'string',
  'message.replayed': 'boolean',
  'message.age': 'number',
  'outbox.lag': 'number',
  'request.id': 'string',
  'request.replayed': 'boolean',
  'call.outcome': 'string',
  'call.reason': 'string',
  'saga.id': 'string',
  'saga.name': 'string',
  'saga.step': 'string',
  'saga.direction': 'string',
  'saga.status': 'string',
  'saga.outcome': 'string',
  'saga.attempt': 'number',
  'saga.reason': 'string',
  'order.id': 'string',
  'order.amount': 'number',
  'order.currency': 'string',
  'order.status': 'string',
  'payment.id': 'string',
  'payment.decline_code': 'string',
  'reservation.id': 'string',
  'shipment.id': 'string',
  'notification.id': 'string',
  'notification.kind': 'string',
} as const

interface ValueTypes {
  string: string
  number: number
  boolean: boolean
}

export type AttributeName = keyof typeof attributes

/** What a span may say of itself. Seconds and bytes unless the name says otherwise; amounts are in minor units. */
export type Attributes = { readonly [Name in AttributeName]?: ValueTypes[(typeof attributes)[Name]] | undefined }

/** Every attribute there is, with the type of its values. */
export const attributeVocabulary: Readonly<Record<AttributeName, keyof ValueTypes>> = attributes
