import type { z } from '@ashlar/contract'
import type { Ajv2020 as Ajv } from 'ajv/dist/2020.js'
import { isSame, type SchemaNode } from './schemas/schema-node.ts'

/** One side of a contract, asked whether it takes a value. */
export interface Judge {
  /** What decides: the contract's own schema, or its JSON Schema where the contract could not be loaded. */
  readonly by: 'contract' | 'lock'
  /** Says why a value is refused; `undefined` when it is taken. */
  refusalOf(value: unknown): string | undefined
}

/** What a side does with a shape. */
export type Part = 'reads an input' | 'reads an output' | 'reads an event' | 'writes'

/**
 * Judges by a contract's own schema. Whoever reads an output goes by its type and parses nothing, so what only a default
 * would make right is refused there; what this platform writes has passed the schema and holds nothing besides.
 */
export function judgeBySchema(schema: z.ZodType, part: Part): Judge {
  return {
    by: 'contract',
    refusalOf(value) {
      const result = schema.safeParse(structuredClone(value))
      if (!result.success) return result.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`).join('; ')
      if (part === 'reads an output' && !holdsAll(value, result.data)) return 'a field is missing that every reader counts on'
      return part === 'writes' && !isSame(value, result.data) ? 'it is not what the schema makes of it' : undefined
    },
  }
}

/** Judges by JSON Schema, with a validator of another house. */
export function judgeByLock({ schema, defs }: SchemaNode, ajv: Ajv): Judge {
  const { '#': _root, ...$defs } = defs
  const validate = typeof schema === 'boolean' ? ajv.compile(schema) : ajv.compile({ ...schema, $defs })
  return {
    by: 'lock',
    refusalOf: (value) => (validate(value) ? undefined : ajv.errorsText(validate.errors)),
  }
}

/** Whether everything in what was read was there before it was read. */
function holdsAll(written: unknown, read: unknown): boolean {
  if (Array.isArray(read)) return Array.isArray(written) && read.every((one, at) => holdsAll(written[at], one))
  if (typeof read !== 'object' || read === null) return isSame(written, read)
  if (typeof written !== 'object' || written === null) return false
  return Object.entries(read).every(
    ([name, one]) => Object.hasOwn(written, name) && holdsAll((written as Record<string, unknown>)[name], one),
  )
}
