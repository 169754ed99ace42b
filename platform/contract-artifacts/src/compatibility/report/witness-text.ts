import type { Step } from '../schemas/difference.ts'
import type { Report, ReportedFinding } from './report.ts'

const longest = 160

/** Says what shows a break, or that nothing was found which does; `undefined` for what needs none: the sentence itself says it. */
export function witnessText(
  { witness, carried, refusal, path, place }: ReportedFinding,
  { base }: Pick<Report, 'base'>,
): string | undefined {
  if (carried !== undefined) {
    const [writer, reader] = carried.writtenBy === 'before' ? [base, 'this change'] : ['this change', base]
    const read =
      'refusal' in carried.read
        ? `cannot be read by ${reader}: ${carried.read.refusal}`
        : `are ${JSON.stringify(carried.read.value)} to ${reader}`
    return `the bytes ${carried.bytes} of a ${carried.message}, ${JSON.stringify(carried.wrote)} as ${writer} writes it, ${read}`
  }
  if (refusal === undefined)
    return witness && `${base} takes ${JSON.stringify(witness.payload)} and this change refuses it: ${witness.refusal}`
  const side = refusal.refusedBy === 'before' ? `built on ${base}` : 'built on this change'
  const reader = place.part === 'input' ? `a service ${side}` : `a reader ${side}`
  if (witness === undefined) return 'none found: it is taken for a break, since it could not be shown that it is none'
  const refused = `refuses ${excerpt(witness.payload, path)}`
  const said = 'instead' in witness ? `${reader} accepts ${excerpt(witness.instead, path)} and ${refused}` : `${reader} ${refused}`
  return witness.judgedBy === 'contract' ? said : `${said} (by its JSON Schema: the contract of ${base} does not load)`
}

/** Writes of a payload what lies along the path, and `…` for the rest. */
export function excerpt(payload: unknown, path: readonly Step[]): string {
  const text = along(payload, path)
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}

function along(value: unknown, [step, ...further]: readonly Step[]): string {
  if (step === undefined || typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing'
  if (step.kind === 'option') return along(value, further)
  if (Array.isArray(value)) {
    const at = step.kind === 'at' ? step.position : 0
    return value.length <= at
      ? JSON.stringify(value)
      : `[${at > 0 ? '…,' : ''}${along(value[at], further)}${value.length > at + 1 ? ',…' : ''}]`
  }
  const fields: [string, unknown][] = Object.entries(value)
  const name = step.kind === 'field' ? step.name : fields.at(-1)?.[0]
  const field = fields.find(([one]) => one === name)
  // what is missing shows in what holds it
  if (field === undefined || further.length === 0) return few(fields, name)
  return `{${JSON.stringify(field[0])}:${along(field[1], further)}${fields.length > 1 ? ',…' : ''}}`
}

function few(fields: readonly (readonly [string, unknown])[], name: string | undefined): string {
  const all = JSON.stringify(Object.fromEntries(fields))
  const field = fields.find(([one]) => one === name)
  return all.length <= longest / 2 || field === undefined ? all : `{${JSON.stringify(field[0])}:${JSON.stringify(field[1])},…}`
}
