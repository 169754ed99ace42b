import type { AnyBoundOperation } from '@ashlar/contract'
import type { ContractShapes } from '../json-schema/contract-shapes.ts'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { pascalCase } from '../json-schema/shape-names.ts'
import type { FaceComponents } from './face-components.ts'
import { shapeComponent } from './shape-components.ts'

interface Taken {
  readonly parameters: readonly object[]
  readonly requestBody: object | undefined
}

interface Given {
  /** Name of the shape of the input. */
  readonly input: string
  readonly shapes: ContractShapes['shapes']
  readonly components: FaceComponents
}

/** Says which fields of an input stand in the address, in the query string and in the body, as the gateway gathers them. */
export function restInputOf({ name, rest }: AnyBoundOperation, { input, shapes, components }: Given): Taken {
  const shape = shapeComponent(shapes[input] ?? {}, shapes)
  const fields = Object.entries(shape.properties ?? {})
  const inPath = [...(rest?.path ?? '').matchAll(/\{(\w+)\}/g)].map(([, field = '']) => field)
  const ofPath = inPath.map((field) => ({
    name: field,
    in: 'path',
    required: true,
    schema: shape.properties?.[field] ?? { type: 'string' },
  }))
  const others = fields.filter(([field]) => !inPath.includes(field))
  if (rest?.method === 'GET') {
    const ofQuery = others.map(([field, schema]) => {
      const { deprecated, ...rest } = schema
      const isRequired = shape.required?.includes(field) ?? false
      return { name: field, in: 'query', required: isRequired, ...(deprecated === true ? { deprecated } : {}), schema: rest }
    })
    return { parameters: [...ofPath, ...ofQuery], requestBody: undefined }
  }
  if (fields.length > 0 && others.length === 0) return { parameters: ofPath, requestBody: undefined }
  const body =
    inPath.length === 0 ? { $ref: `#/components/schemas/${input}` } : components.add(`${pascalCase(name)}Body`, without(shape, inPath))
  const isEmpty = shape['type'] === 'object' && fields.length === 0
  return { parameters: ofPath, requestBody: isEmpty ? undefined : { required: true, content: { 'application/json': { schema: body } } } }
}

function without(shape: JsonSchema, fields: readonly string[]): JsonSchema {
  const { required = [], properties = {}, ...rest } = shape
  const left = required.filter((field) => !fields.includes(field))
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([field]) => !fields.includes(field))),
    ...(left.length > 0 ? { required: left } : {}),
  }
}
