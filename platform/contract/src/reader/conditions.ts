import type { z } from 'zod'

type Checks = readonly z.core.$ZodCheck[] | undefined
type CheckDef = z.core.$ZodChecks['_zod']['def']

// formats that are one pattern and nothing besides
const patternFormats: readonly (string | undefined)[] = ['regex', 'uuid', 'guid', 'email', 'date', 'time', 'datetime', 'duration']

/** Says when a text is plainly valid; `undefined` where no short condition says so. */
export function textCondition(
  def: z.core.$ZodStringDef & { format?: string; pattern?: RegExp; check?: string },
  from: string,
  constant: (value: unknown) => string,
): string | undefined {
  const conditions = [`typeof ${from} === 'string'`]
  if (def.coerce === true) return undefined
  for (const check of [...(def.check === undefined ? [] : [def]), ...defsOf(def.checks)] as CheckDef[]) {
    if (check.check === 'string_format') {
      const { format, pattern } = check as { format?: string; pattern?: RegExp }
      // one that remembers where it was is for the schema to handle
      if (!patternFormats.includes(format) || pattern === undefined || pattern.global || pattern.sticky) return undefined
      conditions.push(`${constant(pattern)}.test(${from})`)
    } else {
      const condition = lengthOf(check, from, 'text')
      if (condition === undefined) return undefined
      conditions.push(condition)
    }
  }
  return conditions.join(' && ')
}

/** Says when a number is. */
export function numberCondition(def: z.core.$ZodNumberDef & { check?: string; format?: string }, from: string): string | undefined {
  if (def.coerce === true) return undefined
  const conditions = [`typeof ${from} === 'number' && Number.isFinite(${from})`]
  for (const check of [...(def.check === undefined ? [] : [def]), ...defsOf(def.checks)] as CheckDef[]) {
    if (check.check === 'number_format' && check.format === 'safeint') conditions.push(`Number.isSafeInteger(${from})`)
    else if (check.check === 'greater_than' && typeof check.value === 'number')
      conditions.push(`${from} ${check.inclusive ? '>=' : '>'} ${String(check.value)}`)
    else if (check.check === 'less_than' && typeof check.value === 'number')
      conditions.push(`${from} ${check.inclusive ? '<=' : '<'} ${String(check.value)}`)
    else return undefined
  }
  return conditions.join(' && ')
}

/** Says when a list has a length that is. */
export function lengthCondition(checks: Checks, from: string): string | undefined {
  let all = ''
  for (const check of defsOf(checks)) {
    const condition = lengthOf(check, from, 'list')
    if (condition === undefined) return undefined
    all += ` && ${condition}`
  }
  return all
}

/** Texts are counted in code points, of which each is one unit or two: only lengths that are right either way are plainly right. */
function lengthOf(check: CheckDef, from: string, of: 'text' | 'list'): string | undefined {
  if (check.check === 'max_length') return `${from}.length <= ${check.maximum}`
  if (check.check === 'min_length') return `${from}.length >= ${of === 'list' || check.minimum <= 1 ? check.minimum : check.minimum * 2}`
  return undefined
}

function defsOf(checks: Checks): readonly CheckDef[] {
  return (checks ?? []).map((check) => check._zod.def as CheckDef)
}
