import type { ContractProblem } from './contract-refused.ts'
import { nameProblems, twinProblems } from './name-refusals.ts'
import { regexProblems } from './regex-abroad.ts'
import { defOf, discriminatorOf, isSchema, patternsOf, walkSchema, type SchemaKind, type SchemaNode } from './walk-schema.ts'

type Complaint = Omit<ContractProblem, 'path'>

const nothing: Complaint = { problem: 'it is not JSON: nothing cannot be sent', hint: 'use z.null() or z.strictObject({})' }
const changing: Complaint = {
  problem: 'it changes values, which other languages cannot repeat',
  hint: 'say the JSON that travels, and change it in the handler',
}

const refusedKinds: Partial<Record<SchemaKind, Complaint>> = {
  date: { problem: 'a Date is not JSON', hint: 'use z.iso.datetime()' },
  bigint: { problem: 'a bigint is not JSON', hint: 'use z.int(), or a string with a pattern beyond 2^53' },
  map: { problem: 'a Map is not JSON', hint: 'use z.record(z.string(), …)' },
  set: { problem: 'a Set is not JSON', hint: 'use z.array(…)' },
  symbol: { problem: 'a symbol is not JSON', hint: 'use z.enum([…]) or z.literal(…)' },
  undefined: nothing,
  void: nothing,
  never: { problem: 'no value is ever right', hint: 'leave it out, or use z.null()' },
  nan: { problem: 'NaN is not JSON', hint: 'use z.number().nullable()' },
  any: { problem: 'it says nothing, and switches type checks off', hint: 'say the shape, or use z.unknown() for any JSON' },
  file: { problem: 'a file is not JSON', hint: 'send where it can be fetched' },
  custom: { problem: 'a schema of your own cannot be said in JSON Schema', hint: 'say the shape with JSON types' },
  function: { problem: 'a function is not JSON', hint: 'declare an operation' },
  promise: { problem: 'a promise is not JSON', hint: 'say what it gives' },
  transform: changing,
  pipe: changing,
  success: changing,
  catch: { problem: 'it takes anything, whatever it says', hint: 'use .default(…) for a value that may be left out' },
  intersection: {
    problem: 'an intersection has no type in other languages',
    hint: 'put the fields into one object, as in z.object({ ...A.shape, … })',
  },
}

/** Lists what in a schema cannot be kept in every language, each with its path below `path`. */
export function schemaProblems(schema: unknown, path: string): ContractProblem[] {
  if (!isSchema(schema))
    return [{ path, problem: 'a schema is missing', hint: 'say the shape with z; z.strictObject({}) if there is nothing to say' }]
  const problems: ContractProblem[] = []
  walkSchema(schema, (node) => {
    const refused = refusedKinds[node.def.type]
    const at = path + node.path
    if (refused !== undefined) {
      problems.push({ path: at, ...refused })
      return 'skip'
    }
    problems.push(...complaintsAbout(node).map((complaint) => ({ path: at, ...complaint })), ...fieldProblems(node, at))
    return undefined
  })
  return problems
}

function complaintsAbout({ schema, def, holder }: SchemaNode): Complaint[] {
  const complaints: (Complaint | false)[] = [
    'coerce' in def && def.coerce && coercion,
    def.type === 'union' && discriminatorOf(def) === undefined && bareUnion,
    def.type === 'optional' && holder !== 'object' && loneOptional,
    def.type === 'literal' && def.values.some((value) => value === undefined || typeof value === 'bigint') && oddLiteral,
    def.type === 'record' && !textKinds.includes(defOf(def.keyType).type) && oddKeys,
  ]
  return [...complaints.filter((complaint) => complaint !== false), ...patternsOf(schema).flatMap(regexProblems)]
}

const textKinds: readonly SchemaKind[] = ['string', 'enum', 'literal', 'template_literal']
const coercion: Complaint = {
  problem: 'it takes other types than it says',
  hint: 'leave coerce out: what travels is JSON and has its type',
}
const loneOptional: Complaint = { problem: 'only a field of an object can be left out', hint: 'use .nullable()' }
const oddLiteral: Complaint = { problem: 'this literal is not JSON', hint: 'use strings, numbers, booleans or null' }
const oddKeys: Complaint = { problem: 'keys of a JSON object are strings', hint: 'use z.record(z.string(), …)' }
const bareUnion: Complaint = {
  problem: 'nothing tells the options of this union apart',
  hint: 'use z.discriminatedUnion(…) for objects, z.enum([…]) for words, .nullable() for null',
}

function fieldProblems({ def }: SchemaNode, path: string): ContractProblem[] {
  if (def.type !== 'object') return []
  const names = Object.keys(def.shape)
  const pathOf = (name: string): string => `${path}.${name}`
  return [...names.flatMap((name) => nameProblems('field', name, pathOf(name))), ...twinProblems(names, pathOf)]
}
