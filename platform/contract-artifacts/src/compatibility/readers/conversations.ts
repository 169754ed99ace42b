import { recordOf } from '../schemas/schema-node.ts'

/** What one interaction of a pact shows: what a consumer sends to an operation and reads of its answer, or reads of an event. */
export interface Conversation {
  readonly consumer: string
  readonly description: string
  /** Address of the operation (`orders.v1/placeOrder`), its command's type, or the event's type. */
  readonly about: string
  readonly sent?: unknown
  readonly read?: unknown
  readonly refusedWith?: { readonly code: string; readonly data: unknown }
}

/** Reads the interactions of a pact (V4): calls, commands with their replies, and events. What is none of these is passed over. */
export function conversationsIn(pact: unknown): Conversation[] {
  const { consumer, interactions } = recordOf(pact)
  const name = textOf(recordOf(consumer)['name'])
  const all: unknown[] = Array.isArray(interactions) ? interactions : []
  return all.flatMap((interaction) => conversationIn(recordOf(interaction), name))
}

function conversationIn(interaction: Record<string, unknown>, consumer: string): Conversation[] {
  const description = textOf(interaction['description'])
  const request = recordOf(interaction['request'])
  if (typeof request['path'] === 'string') {
    const about = /^\/rpc\/([^?]+)$/.exec(request['path'])?.[1]
    const answer = recordOf(bodyOf(recordOf(interaction['response'])))
    return about === undefined ? [] : [{ consumer, description, about, sent: bodyOf(request), ...callAnswer(answer) }]
  }
  if ('contents' in request) {
    const command = recordOf(contentOf(request['contents']))
    const [reply] = [interaction['response']].flat()
    const answer = recordOf(recordOf(contentOf(recordOf(reply)['contents']))['data'])
    return [{ consumer, description, about: textOf(command['type']), sent: command['data'], ...replyAnswer(answer) }]
  }
  const message = recordOf(contentOf(interaction['contents']))
  return [{ consumer, description, about: textOf(recordOf(interaction['metadata'])['ce-type'] ?? message['type']), read: message['data'] }]
}

function callAnswer(answer: Record<string, unknown>): Pick<Conversation, 'read' | 'refusedWith'> {
  if ('result' in answer) return { read: recordOf(answer['result'])['data'] }
  const error: Record<string, unknown> = recordOf(recordOf(answer['error'])['data'])
  return typeof error['reason'] === 'string' ? { refusedWith: { code: error['reason'], data: error['details'] } } : {}
}

function replyAnswer(answer: Record<string, unknown>): Pick<Conversation, 'read' | 'refusedWith'> {
  if (answer['ok'] === true) return { read: answer['value'] }
  return typeof answer['code'] === 'string' ? { refusedWith: { code: answer['code'], data: answer['data'] } } : {}
}

function bodyOf(part: Record<string, unknown>): unknown {
  return contentOf(part['body'])
}

function contentOf(body: unknown): unknown {
  return recordOf(body)['content']
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
