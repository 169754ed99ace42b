import { compileFunction } from 'node:vm'
import type { z } from 'zod'
import { writeReader } from './write-reader.ts'

/** Said of a value that the short way does not know to be valid: the schema itself has to judge it. */
export const unsure: unique symbol = Symbol('unsure')

/** Reads a value that plainly is as its schema says, and gives what the schema would give: a copy of what is promised. */
export type Reader = (value: unknown) => unknown

/**
 * Compiles the short way through a schema: code that takes what is plainly valid, a copy as Zod makes it, and gives `unsure` for all
 * else. It never refuses, and takes nothing that Zod would not take: whoever is `unsure` asks the schema, and has its issues. Gives
 * `undefined` for a schema without such a way: with a transform, say, or a union without a discriminator.
 */
export function compileReader(schema: z.ZodType): Reader | undefined {
  const written = writeReader(schema)
  if (written === undefined) return undefined
  const names = written.constants.map((_, index) => `k${index}`)
  // made from the schema alone, and every text in it was written by JSON.stringify
  const make = compileFunction(`return function read(v) {\n${written.code}\n}`, ['unsure', ...names]) as (...given: unknown[]) => Reader
  return make(unsure, ...written.constants)
}
