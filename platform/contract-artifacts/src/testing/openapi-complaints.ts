import { createRequire } from 'node:module'
import { Validator } from '@seriousme/openapi-schema-validator'

interface Redocly {
  createConfig(config: object): Promise<object>
  lintFromString(asked: { source: string; absoluteRef: string; config: object }): Promise<readonly RedoclyProblem[]>
}

interface RedoclyProblem {
  readonly ruleId: string
  readonly message: string
  readonly location: readonly { readonly pointer?: string }[]
}

// Required, and its types said here: to check against its own takes the type checker longer than any ten files of ours.
const require = createRequire(import.meta.url)
const redocly = require('@redocly/openapi-core') as Redocly

/** Lists what two validators, neither of them ours, find wrong with an OpenAPI document: one holds it to the official schema, the other walks it by rules of its own. */
export async function openApiComplaints(document: object): Promise<readonly string[]> {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as Record<string, unknown>)
  const official = valid ? [] : [JSON.stringify(errors)]
  const config = await redocly.createConfig({
    extends: ['recommended-strict'],
    // services have no address of their own, and an operation need not declare an error
    rules: { 'operation-4xx-response': 'off', 'no-empty-servers': 'off' },
  })
  const problems = await redocly.lintFromString({ source: JSON.stringify(document), absoluteRef: '/openapi.json', config })
  return [...official, ...problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer ?? ''}: ${message}`)]
}
