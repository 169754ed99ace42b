import type { z } from 'zod'
import { textCondition, numberCondition, lengthCondition } from './conditions.ts'

/** Code of a function's body, for a value `v`, and the constants it names `k0`, `k1` and so on. */
export interface WrittenReader {
  readonly code: string
  readonly constants: readonly unknown[]
}

type Schema = z.core.$ZodType

/** Writes a reader of plainly valid values; `undefined` where the schema has none. */
export function writeReader(schema: z.ZodType): WrittenReader | undefined {
  const writing = new ReaderWriter()
  const result = writing.write(schema, 'v')
  return result === undefined ? undefined : { code: `${writing.lines.join('\n')}\nreturn ${result}`, constants: writing.constants }
}

/** Each method writes statements that leave by `return unsure` unless a value fits, and gives the expression of what was read. */
class ReaderWriter {
  readonly lines: string[] = []
  readonly constants: unknown[] = []
  readonly #around = new Set<Schema>()
  #names = 0

  write(schema: Schema, from: string): string | undefined {
    // one that holds itself has no end in code
    if (this.#around.has(schema)) return undefined
    this.#around.add(schema)
    const result = this.#dispatch((schema as z.core.$ZodTypes)._zod.def, from)
    this.#around.delete(schema)
    return result
  }

  #dispatch(def: z.core.$ZodTypes['_zod']['def'], from: string): string | undefined {
    switch (def.type) {
      case 'string':
        return this.#unless(
          textCondition(def, from, (value) => this.#constant(value)),
          from,
        )
      case 'number':
        return this.#unless(numberCondition(def, from), from)
      case 'boolean':
        return this.#unless(hasChecks(def) ? undefined : `typeof ${from} === 'boolean'`, from)
      case 'enum':
        return this.#unless(hasChecks(def) ? undefined : `${this.#constant(new Set(valuesOf(def.entries)))}.has(${from})`, from)
      case 'literal':
        return this.#unless(hasChecks(def) ? undefined : `${this.#constant(new Set(def.values))}.has(${from})`, from)
      case 'array':
        return this.#array(def, from)
      case 'object':
        return hasChecks(def) ? undefined : this.#object(def, from)
      case 'nullable':
        return hasChecks(def) ? undefined : this.#nullable(def.innerType, from)
      case 'union':
        return hasChecks(def) ? undefined : this.#union(def, from)
      default:
        return undefined
    }
  }

  #unless(condition: string | undefined, result: string): string | undefined {
    if (condition === undefined) return undefined
    this.lines.push(`if (!(${condition})) return unsure`)
    return result
  }

  #array(def: z.core.$ZodArrayDef, from: string): string | undefined {
    const length = lengthCondition(def.checks, from)
    if (this.#unless(length === undefined ? undefined : `Array.isArray(${from})${length}`, from) === undefined) return undefined
    const [list, at, item] = [this.#name(), this.#name(), this.#name()]
    this.lines.push(`const ${list} = []`, `for (let ${at} = 0; ${at} < ${from}.length; ${at} += 1) {`, `const ${item} = ${from}[${at}]`)
    const result = this.write(def.element, item)
    this.lines.push(`${list}.push(${result})`, '}')
    return result === undefined ? undefined : list
  }

  #object({ shape, catchall }: z.core.$ZodObjectDef, from: string): string | undefined {
    const isStrict = catchall?._zod.def.type === 'never'
    if (catchall !== undefined && !isStrict) return undefined
    const keys = Object.keys(shape)
    if (keys.includes('__proto__') || Object.getOwnPropertySymbols(shape).length > 0) return undefined
    this.lines.push(`if (typeof ${from} !== 'object' || ${from} === null || Array.isArray(${from})) return unsure`)
    if (isStrict) {
      const [key, known] = [this.#name(), keys.map((name) => JSON.stringify(name))]
      const isKnown = known.map((name) => `${key} === ${name}`).join(' || ') || 'false'
      this.lines.push(`for (const ${key} in ${from}) if (!(${isKnown})) return unsure`)
    }
    const made = this.#name()
    const isWhole = keys.every((key) => shape[key]?._zod.def.type !== 'optional')
    if (!isWhole) this.lines.push(`const ${made} = {}`)
    const members: string[] = []
    for (const key of keys) {
      const member = this.#member(shape[key] as Schema, `${from}[${JSON.stringify(key)}]`, { key, from, made, isWhole })
      if (member === undefined) return undefined
      members.push(member)
    }
    if (isWhole) this.lines.push(`const ${made} = { ${members.join(', ')} }`)
    return made
  }

  #member(
    schema: Schema,
    place: string,
    { key, from, made, isWhole }: { key: string; from: string; made: string; isWhole: boolean },
  ): string | undefined {
    const { def } = (schema as z.core.$ZodTypes)._zod
    const value = this.#name()
    const name = JSON.stringify(key)
    this.lines.push(`const ${value} = ${place}`)
    if (def.type !== 'optional') {
      const result = this.write(def.type === 'default' && !hasChecks(def) ? def.innerType : schema, value)
      if (!isWhole && result !== undefined) this.lines.push(`${made}[${name}] = ${result}`)
      return result === undefined ? undefined : `${name}: ${result}`
    }
    if (hasChecks(def)) return undefined
    // a member that is there without a value is kept as such: seldom enough to leave it to the schema
    this.lines.push(`if (${value} === undefined) { if (${name} in ${from}) return unsure } else {`)
    const result = this.write(def.innerType, value)
    this.lines.push(`${made}[${name}] = ${result}`, '}')
    return result
  }

  #nullable(inner: Schema, from: string): string | undefined {
    const made = this.#name()
    this.lines.push(`let ${made} = null`, `if (${from} !== null) {`)
    const result = this.write(inner, from)
    this.lines.push(`${made} = ${result}`, '}')
    return result === undefined ? undefined : made
  }

  /** Only where a discriminator decides: then the option that fits is the one that Zod would take. */
  #union(def: z.core.$ZodUnionDef, from: string): string | undefined {
    if (!('discriminator' in def)) return undefined
    const made = this.#name()
    this.lines.push(`let ${made} = unsure`)
    for (const option of def.options) {
      const [read, given] = [this.#name(), this.#name()]
      this.lines.push(`if (${made} === unsure) {`, `const ${read} = (${given}) => {`)
      const result = this.write(option, given)
      if (result === undefined) return undefined
      this.lines.push(`return ${result}`, '}', `${made} = ${read}(${from})`, '}')
    }
    this.lines.push(`if (${made} === unsure) return unsure`)
    return made
  }

  #constant(value: unknown): string {
    return `k${this.constants.push(value) - 1}`
  }

  #name(): string {
    return `v${(this.#names += 1)}`
  }
}

function hasChecks({ checks }: { readonly checks?: readonly unknown[] | undefined }): boolean {
  return checks !== undefined && checks.length > 0
}

/** An enum of TypeScript's also names its numbers. */
function valuesOf(entries: Readonly<Record<string, string | number>>): (string | number)[] {
  const numbers = Object.values(entries).filter((value) => typeof value === 'number')
  return Object.entries(entries)
    .filter(([key]) => !numbers.includes(Number(key)))
    .map(([, value]) => value)
}
