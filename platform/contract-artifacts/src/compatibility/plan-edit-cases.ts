import * as fc from 'fast-check'
import { anyPlan, type FieldPlan, type Plan } from './plan-cases.ts'

/** A plan and the same after one small edit somewhere inside. */
export const editedPlan: fc.Arbitrary<readonly [Plan, Plan]> = fc
  .tuple(anyPlan, anyPlan, fc.nat(), fc.nat())
  .map(([plan, other, place, how]) => [plan, editAt(plan, place % (sizeOf(plan) + 1), (one) => edited(one, { other, how }))] as const)

function childrenOf(plan: Plan): readonly Plan[] {
  if (plan.kind === 'nullable') return [plan.inner]
  if (plan.kind === 'list') return [plan.item]
  if (plan.kind === 'pair') return plan.items
  if (plan.kind === 'record') return [plan.value]
  if (plan.kind === 'object') return plan.fields.map((field) => field.plan)
  return plan.kind === 'union' ? plan.options.flat().map((field) => field.plan) : []
}

function withChildren(plan: Plan, children: readonly Plan[]): Plan {
  let at = 0
  const next = (): Plan => children[at++] ?? plan
  const filled = (fields: readonly FieldPlan[]): FieldPlan[] => fields.map((field) => ({ ...field, plan: next() }))
  if (plan.kind === 'nullable') return { ...plan, inner: next() }
  if (plan.kind === 'list') return { ...plan, item: next() }
  if (plan.kind === 'pair') return { ...plan, items: plan.items.map(next) }
  if (plan.kind === 'record') return { ...plan, value: next() }
  if (plan.kind === 'object') return { ...plan, fields: filled(plan.fields) }
  return plan.kind === 'union' ? { ...plan, options: plan.options.map(filled) } : plan
}

function sizeOf(plan: Plan): number {
  return childrenOf(plan).reduce((sum, child) => sum + 1 + sizeOf(child), 0)
}

/** Edits the plan at a position, counted from outside inwards. */
function editAt(plan: Plan, position: number, edit: (plan: Plan) => Plan): Plan {
  if (position === 0) return edit(plan)
  let left = position - 1
  const children = childrenOf(plan).map((child) => {
    const size = sizeOf(child) + 1
    const isIn = left >= 0 && left < size
    const result = isIn ? editAt(child, left, edit) : child
    left -= size
    return result
  })
  return withChildren(plan, children)
}

function edited(plan: Plan, { other, how }: { other: Plan; how: number }): Plan {
  const up = how % 2 === 0 ? 1 : -1
  if (how % 11 === 0) return other
  if (how % 7 === 0) return plan.kind === 'nullable' ? plan.inner : { kind: 'nullable', inner: plan }
  switch (plan.kind) {
    case 'text':
    case 'list':
      return how % 3 === 0
        ? without(plan, how)
        : { ...plan, ...(how % 4 < 2 ? { min: Math.max(0, (plan.min ?? 0) + up) } : { max: (plan.max ?? 8) + up }) }
    case 'number':
      if (how % 5 === 0) return { ...plan, whole: !plan.whole }
      if (how % 5 === 1) return { ...plan, step: 2 + (how % 3) }
      return how % 3 === 0
        ? without(plan, how)
        : { ...plan, ...(how % 4 < 2 ? { min: (plan.min ?? 0) + up } : { max: (plan.max ?? 8) + up }) }
    case 'enum':
      return { kind: 'enum', values: up > 0 || plan.values.length < 2 ? [...new Set([...plan.values, 'new'])] : plan.values.slice(1) }
    case 'object':
      return {
        ...plan,
        ...(how % 5 === 0
          ? { rest: (['unsaid', 'nothing', 'anything', 'numbers'] as const)[how % 4] ?? 'unsaid' }
          : { fields: fieldsEdited(plan.fields, { other, how }) }),
      }
    case 'union':
      if (how % 3 === 0) return { ...plan, options: [...plan.options, [{ name: 'e', presence: 'optional', plan: other }]] }
      if (how % 3 === 1 && plan.options.length > 1) return { ...plan, options: plan.options.slice(0, -1) }
      return { ...plan, options: plan.options.map((fields, at) => (at === 0 ? fieldsEdited(fields, { other, how }) : fields)) }
    case 'pair':
      return { ...plan, items: up > 0 || plan.items.length < 2 ? [...plan.items, other] : plan.items.slice(0, -1) }
    case 'literal':
    case 'boolean':
    case 'anything':
    case 'nullable':
    case 'record':
      return other
  }
}

function fieldsEdited(fields: readonly FieldPlan[], { other, how }: { other: Plan; how: number }): FieldPlan[] {
  const [first, ...others] = fields
  const added: FieldPlan = { name: `n${how % 3}`, presence: how % 4 === 0 ? 'required' : 'optional', plan: other }
  if (first === undefined || how % 3 === 0) return [...fields, added]
  if (how % 3 === 1) return others
  return [{ ...first, presence: first.presence === 'required' ? 'optional' : 'required' }, ...others]
}

function without(plan: Extract<Plan, { kind: 'text' | 'list' | 'number' }>, how: number): Plan {
  const { min: _min, max: _max, ...bare } = plan
  return how % 2 === 0 ? bare : { ...plan, min: plan.min ?? 1 }
}
