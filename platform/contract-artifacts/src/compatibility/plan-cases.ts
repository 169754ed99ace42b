import { z } from '@ashlar/contract'
import * as fc from 'fast-check'

/** A schema as data, so that it can be edited. */
export type Plan =
  | { readonly kind: 'text'; readonly min?: number; readonly max?: number; readonly pattern?: string; readonly format?: 'uuid' | 'date' }
  | { readonly kind: 'number'; readonly whole: boolean; readonly min?: number; readonly max?: number; readonly step?: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'anything' }
  | { readonly kind: 'nullable'; readonly inner: Plan }
  | { readonly kind: 'list'; readonly item: Plan; readonly min?: number; readonly max?: number }
  | { readonly kind: 'pair'; readonly items: readonly Plan[] }
  | { readonly kind: 'record'; readonly value: Plan }
  | { readonly kind: 'object'; readonly rest: Rest; readonly fields: readonly FieldPlan[] }
  | { readonly kind: 'union'; readonly options: readonly (readonly FieldPlan[])[] }
export interface FieldPlan {
  readonly name: string
  readonly presence: 'required' | 'optional' | 'nullish'
  readonly plan: Plan
}
type Rest = 'unsaid' | 'nothing' | 'anything' | 'numbers'

const small = fc.integer({ min: 0, max: 4 })
const bounds = fc.record({ min: small, max: small.map((n) => n + 4) }, { requiredKeys: [] })
const words = fc.subarray(['a', 'bb', 'ccc', 'x-1'], { minLength: 1 })

/** Makes plans of every sort contracts allow, not deeper than they are in practice. */
export const anyPlan: fc.Arbitrary<Plan> = fc.letrec<{ plan: Plan }>((tie) => {
  const inner = tie('plan')
  const fields = fc.uniqueArray(
    fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), presence: fc.constantFrom('required', 'optional', 'nullish'), plan: inner }),
    { selector: ({ name }) => name, maxLength: 3 },
  ) as fc.Arbitrary<FieldPlan[]>
  return {
    plan: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      bounds.map((some): Plan => ({ kind: 'text', ...some })),
      fc.constantFrom<Plan>(
        { kind: 'text', pattern: '^[a-z]+$' },
        { kind: 'text', pattern: '^[a-z0-9-]+$' },
        { kind: 'text', format: 'uuid' },
        { kind: 'text', format: 'date' },
        { kind: 'boolean' },
        { kind: 'anything' },
      ),
      fc
        .record(
          { whole: fc.boolean(), min: small, max: small.map((n) => n + 4), step: fc.constantFrom(2, 3, 4) },
          { requiredKeys: ['whole'] },
        )
        .map((some): Plan => ({ kind: 'number', ...some })),
      words.map((values): Plan => ({ kind: 'enum', values })),
      fc.constantFrom('a', 'bb', 1, true).map((value): Plan => ({ kind: 'literal', value })),
      inner.map((one): Plan => ({ kind: 'nullable', inner: one })),
      fc.tuple(inner, bounds).map(([item, some]): Plan => ({ kind: 'list', item, ...some })),
      fc.array(inner, { minLength: 1, maxLength: 3 }).map((items): Plan => ({ kind: 'pair', items })),
      inner.map((value): Plan => ({ kind: 'record', value })),
      fc
        .record({ rest: fc.constantFrom<Rest>('unsaid', 'unsaid', 'nothing', 'anything', 'numbers'), fields })
        .map((some): Plan => ({ kind: 'object', ...some })),
      fc.array(fields, { minLength: 1, maxLength: 3 }).map((options): Plan => ({ kind: 'union', options })),
    ),
  }
}).plan

/** Makes a schema of a plan. */
export function schemaOf(plan: Plan): z.ZodType {
  switch (plan.kind) {
    case 'text': {
      const text = plan.format === 'uuid' ? z.uuid() : plan.format === 'date' ? z.iso.date() : z.string()
      const bounded = withBounds(text, plan)
      return plan.pattern === undefined ? bounded : bounded.regex(new RegExp(plan.pattern))
    }
    case 'number': {
      const bounded = withBounds(plan.whole ? z.int() : z.number(), plan)
      return plan.step === undefined ? bounded : bounded.multipleOf(plan.step)
    }
    case 'enum':
      return z.enum([...plan.values])
    case 'literal':
      return z.literal(plan.value)
    case 'boolean':
      return z.boolean()
    case 'anything':
      return z.unknown()
    case 'nullable':
      return schemaOf(plan.inner).nullable()
    case 'list':
      return withBounds(z.array(schemaOf(plan.item)), plan)
    case 'pair': {
      const [first = z.null(), ...others] = plan.items.map(schemaOf)
      return z.tuple([first, ...others])
    }
    case 'record':
      return z.record(z.string(), schemaOf(plan.value))
    case 'object':
      return objectOf(plan.fields, plan.rest)
    case 'union': {
      const [first, ...others] = plan.options.map((fields, at) => objectOf(fields, 'unsaid').extend({ kind: z.literal(`option${at}`) }))
      return first === undefined ? z.null() : z.discriminatedUnion('kind', [first, ...others])
    }
  }
}

function withBounds<Bounded extends { min(n: number): Bounded; max(n: number): Bounded }>(
  schema: Bounded,
  { min, max }: { min?: number; max?: number },
): Bounded {
  const least = min === undefined ? schema : schema.min(min)
  return max === undefined ? least : least.max(max)
}

function objectOf(fields: readonly FieldPlan[], rest: Rest): z.ZodObject {
  const shape = Object.fromEntries(
    fields.map(({ name, presence, plan }) => {
      const schema = schemaOf(plan)
      return [name, presence === 'required' ? schema : presence === 'optional' ? schema.optional() : schema.nullish()]
    }),
  )
  if (rest === 'nothing') return z.strictObject(shape)
  if (rest === 'anything') return z.looseObject(shape)
  return rest === 'unsaid' ? z.object(shape) : z.object(shape).catchall(z.number())
}
