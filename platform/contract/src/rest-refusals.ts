import type { ContractProblem } from './contract-refused.ts'
import type { Draft } from './draft.ts'
import type { AnyOperation, RestRoute } from './operation.ts'
import { isServiceOnly } from './policy.ts'
import { defOf, isRequiredText, isSchema, shapesOf, unwrap } from './walk-schema.ts'

const pathForm = /^(?:\/(?:[a-z0-9][a-z0-9._-]*|\{[a-z][a-zA-Z0-9]*\}))+$/
const gatewaysOwn = ['rpc', 'trpc', 'health', 'metrics', 'docs', 'openapi.json']
const queryStringKinds = ['string', 'number', 'boolean', 'enum', 'literal', 'template_literal']

/** Lists what the gateway could not do with an operation's `rest`. */
export function restProblems(operation: AnyOperation, path: string): ContractProblem[] {
  const { rest, policy } = operation
  if (rest === undefined) return []
  return [
    ...(policy !== undefined && isServiceOnly(policy)
      ? [
          {
            path: `${path}.rest`,
            problem: 'only services may call this, and they do not come through the gateway',
            hint: 'leave rest out, or change access',
          },
        ]
      : []),
    ...(rest.method === 'GET' && operation.kind === 'mutation'
      ? [{ path: `${path}.rest.method`, problem: 'a GET changes nothing, a mutation does', hint: 'use POST, PUT, PATCH or DELETE' }]
      : []),
    ...(operation.kind === 'subscription' ? streamProblems(rest, `${path}.rest`) : []),
    ...(rest.status === undefined || (Number.isInteger(rest.status) && rest.status >= 200 && rest.status <= 299)
      ? []
      : [
          {
            path: `${path}.rest.status`,
            problem: `${rest.status} is no status of a good answer`,
            hint: 'use 200, 201, 202 or 204; errors have their own',
          },
        ]),
    ...pathProblems(rest, `${path}.rest.path`),
    ...(isSchema(operation.input) ? inputProblems(operation, rest, path) : []),
  ]
}

/** A browser opens an event stream by GET, and takes nothing but 200 for one. */
function streamProblems({ method, status = 200 }: RestRoute, path: string): ContractProblem[] {
  return [
    ...(method === 'GET' ? [] : [{ path: `${path}.method`, problem: `nobody opens an event stream by ${method}`, hint: 'use GET' }]),
    ...(status === 200
      ? []
      : [{ path: `${path}.status`, problem: `an event stream is not answered with ${status}`, hint: 'leave it out' }]),
  ]
}

function pathProblems({ path: route }: RestRoute, path: string): ContractProblem[] {
  const hint = 'write it like /v1/orders/{orderId}: lower-case words, and fields of the input in braces'
  if (!pathForm.test(route)) return [{ path, problem: `"${route}" is not a path the gateway can route`, hint }]
  const parameters = parametersOf(route)
  const twice = parameters.filter((name, index) => parameters.indexOf(name) !== index)
  const [, first = ''] = route.split('/')
  return [
    ...twice.map((name) => ({ path, problem: `{${name}} stands twice in the path`, hint: 'each field has one place' })),
    ...(gatewaysOwn.includes(first)
      ? [{ path, problem: `/${first} belongs to the gateway itself`, hint: 'begin with the version, as in /v1' }]
      : []),
  ]
}

function inputProblems({ input }: AnyOperation, rest: RestRoute, path: string): ContractProblem[] {
  const shapes = shapesOf(input)
  if (shapes.length === 0)
    return [{ path: `${path}.input`, problem: 'a REST request is an object of named fields', hint: 'use z.strictObject({ … })' }]

  const parameters = parametersOf(rest.path)
  const unfit = parameters.filter((name) => !shapes.every((shape) => isRequiredText(shape[name])))
  const queryFields =
    rest.method === 'GET' ? [...new Set(shapes.flatMap((shape) => Object.keys(shape)))].filter((name) => !parameters.includes(name)) : []
  const unsayable = queryFields.filter((name) => !shapes.every((shape) => shape[name] === undefined || fitsQueryString(shape[name])))
  return [
    ...unfit.map((name) => ({
      path: `${path}.rest.path`,
      problem: `{${name}} is not a required string of the input`,
      hint: `declare ${name} in the input as a string, an enum or a literal that cannot be left out`,
    })),
    ...unsayable.map((name) => ({
      path: `${path}.input.${name}`,
      problem: 'a GET cannot carry this in its query string',
      hint: 'use text, numbers, booleans or arrays of them, or another method',
    })),
  ]
}

function fitsQueryString(field: Parameters<typeof unwrap>[0]): boolean {
  const def = defOf(unwrap(field))
  return queryStringKinds.includes(def.type === 'array' ? defOf(unwrap(def.element)).type : def.type)
}

function parametersOf(route: string): string[] {
  return [...route.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '')
}

/** Lists routes that two operations of the contract claim. Names of parameters do not tell routes apart. */
export function routeClashes({ operations }: Draft): ContractProblem[] {
  const claimed = new Map<string, string>()
  return Object.entries(operations).flatMap(([name, { rest }]) => {
    if (rest === undefined) return []
    const route = `${rest.method} ${rest.path.replaceAll(/\{[^}]*\}/g, '{}')}`
    const owner = claimed.get(route)
    if (owner === undefined) claimed.set(route, name)
    return owner === undefined
      ? []
      : [
          {
            path: `operations.${name}.rest`,
            problem: `${owner} has the route ${rest.method} ${rest.path} already`,
            hint: 'give one of them another path or method',
          },
        ]
  })
}
