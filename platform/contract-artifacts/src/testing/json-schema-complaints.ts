import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** Lists what a validator that is not ours finds wrong with JSON Schemas: against the meta-schema of 2020-12, and in words or references that it does not know. Each complaint begins with the schema's name. */
export function jsonSchemaComplaints(documents: Readonly<Record<string, object>>): readonly string[] {
  const ajv = strictValidator()
  return Object.entries(documents).flatMap(([name, document]) => {
    try {
      ajv.compile(document)
      return []
    } catch (cause) {
      return [`${name}: ${cause instanceof Error ? cause.message : String(cause)}`]
    }
  })
}

/** Compiles a JSON Schema of a contract. Throws where it is none. */
export function validatorOf(document: object): (value: unknown) => boolean {
  return strictValidator().compile(document)
}

function strictValidator(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictTuples: false, keywords: ['x-deprecation'] })
  formats.default(ajv)
  return ajv
}
