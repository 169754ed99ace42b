import type { Step } from '../schemas/difference.ts'
import { labelOf } from '../schemas/option-names.ts'
import { optionsOf, type Fields, type List, type Option } from '../schemas/options.ts'
import type { SchemaNode } from '../schemas/schema-node.ts'
import { simplest, simplestOf, variantsOf } from './variants.ts'

/** Where to vary: a path in the schema, and the other version's schema, whose limits are worth trying. */
export interface Focus {
  readonly path: readonly Step[]
  readonly against: SchemaNode
}

/** Gives values a schema takes: as plain as can be everywhere but at the focus, where they vary as much as they can. */
export function examplesOf(node: SchemaNode, { path, against }: Focus): unknown[] {
  return examplesIn(optionsOf(node), { path, against: optionsOf(against) })
}

interface Inside {
  readonly path: readonly Step[]
  readonly against: readonly Option[]
}

function examplesIn(options: readonly Option[], { path, against }: Inside): unknown[] {
  const [step, ...further] = path
  if (step === undefined) return options.flatMap((option) => variantsOf(option, against))
  const made = options.flatMap((option) => through(option, step, { path: further, against }))
  // the other version goes further than this one: vary where this one ends
  return made.length > 0 ? made : options.flatMap((option) => variantsOf(option, against))
}

function through(option: Option, step: Step, { path, against }: Inside): unknown[] {
  if (step.kind === 'option')
    return labelOf(option) === step.label
      ? examplesIn([option], { path, against: against.filter((one) => labelOf(one) === step.label) })
      : []
  const child = childOf(option, step)
  if (child === undefined) return []
  const others = against.flatMap((one) => {
    const other = childOf(one, step)
    return other === undefined ? [] : optionsOf(other)
  })
  const values = examplesIn(optionsOf(child), { path, against: others })
  return values.flatMap((value) => held(option, step, value))
}

function childOf(option: Option, step: Step): SchemaNode | undefined {
  if (option.kind === 'object') {
    if (step.kind === 'field' && Object.hasOwn(option.fields, step.name)) return option.fields[step.name]?.node
    if (step.kind === 'names') return option.names
    return typeof option.rest === 'object' && (step.kind === 'rest' || step.kind === 'field') ? option.rest : undefined
  }
  if (option.kind !== 'list') return undefined
  if (step.kind === 'items') return option.items
  return step.kind === 'at' ? (option.prefix[step.position] ?? option.items) : undefined
}

function held(option: Option, step: Step, value: unknown): unknown[] {
  if (option.kind === 'list') return inList(option, step.kind === 'at' ? step.position : option.prefix.length, value)
  if (option.kind !== 'object') return []
  const base = simplestOf(option)
  if (base === undefined) return []
  const fields = base.value as Record<string, unknown>
  if (step.kind === 'field') return [{ ...fields, [step.name]: value }]
  if (step.kind === 'names') return typeof value === 'string' ? [{ ...fields, [value]: restValue(option) }] : []
  return namesFor(option).map((name) => ({ ...fields, [name]: value }))
}

function inList({ items, prefix, min, max }: List, position: number, value: unknown): unknown[] {
  const length = Math.max(min, position + 1)
  if (length > max) return []
  const made = Array.from({ length }, (_, at) => (at === position ? { value } : simplest(prefix[at] ?? items)))
  return made.every((one) => one !== undefined) ? [made.map((one) => one.value)] : []
}

function restValue({ rest }: Fields): unknown {
  return typeof rest === 'object' ? simplest(rest)?.value : 1
}

function namesFor({ names, fields }: Fields): string[] {
  const candidates = names === undefined ? ['other'] : variantsIn(names)
  const free = candidates.find((name) => !Object.hasOwn(fields, name))
  return free === undefined ? [] : [free]
}

function variantsIn(names: SchemaNode): string[] {
  return optionsOf(names)
    .flatMap((option) => variantsOf(option, []))
    .filter((name) => typeof name === 'string')
}
