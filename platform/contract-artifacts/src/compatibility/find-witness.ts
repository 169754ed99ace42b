import { examplesOf } from './examples/examples-of.ts'
import type { Judge } from './judge.ts'
import type { Step } from './schemas/difference.ts'
import type { SchemaNode } from './schemas/schema-node.ts'

/** One side of a comparison: its schema, and who decides for it. */
export interface Side {
  readonly node: SchemaNode
  readonly judge: Judge
}

/** A payload that shows a break: the one side takes it, the other refuses it; both were asked. */
export interface Witness {
  readonly payload: unknown
  /** What the refusing side says. */
  readonly refusal: string
  /** What the refusing side would have taken. */
  readonly instead?: unknown
  /** Who was asked: the contract's own schemas of both versions, or a JSON Schema for one of them. */
  readonly judgedBy: 'contract' | 'lock'
}

/**
 * Looks for a payload that the writing side gives and the reading side refuses, where they differ, then in what holds
 * it (a missing field shows only there); `undefined` when none was found.
 */
export function findWitness(path: readonly Step[], sides: { writer: Side; reader: Side }): Witness | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const found = witnessAt(path.slice(0, length), sides)
    if (found !== undefined) return found
  }
  return undefined
}

function witnessAt(path: readonly Step[], { writer, reader }: { writer: Side; reader: Side }): Witness | undefined {
  for (const payload of examplesOf(writer.node, { path, against: reader.node })) {
    const refusal = reader.judge.refusalOf(payload)
    if (refusal === undefined || writer.judge.refusalOf(payload) !== undefined) continue
    const instead = examplesOf(reader.node, { path, against: writer.node }).find((one) => reader.judge.refusalOf(one) === undefined)
    const judgedBy = writer.judge.by === 'contract' && reader.judge.by === 'contract' ? 'contract' : 'lock'
    return { payload, refusal, judgedBy, ...(instead === undefined ? {} : { instead }) }
  }
  return undefined
}
