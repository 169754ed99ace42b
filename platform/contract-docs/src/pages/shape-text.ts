import { html, type Html } from '../html.ts'
import { nameIn, type Shape } from './async-api.ts'

/** Says in a few words what a value must be; named shapes are links to where they are shown. */
export function shapeText(shape: Shape): Html {
  const { $ref, oneOf, anyOf, allOf, items, prefixItems, additionalProperties } = shape
  if ($ref !== undefined) return html`<a href="#shape-${nameIn({ $ref })}">${nameIn({ $ref })}</a>`
  if (shape.const !== undefined) return html`<code>${JSON.stringify(shape.const)}</code>`
  if (shape.enum !== undefined)
    return joined(
      shape.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      ' or ',
    )
  const options = oneOf ?? anyOf
  if (options !== undefined) return joined(options.map(shapeText), ' or ')
  if (allOf !== undefined) return joined(allOf.map(shapeText), ' and ')
  if (prefixItems !== undefined) return html`list of ${joined(prefixItems.map(shapeText), ', ')}`
  if (typeof items === 'object') return html`list of ${shapeText(items)}${limits(shape)}`
  if (typeof additionalProperties === 'object' && shape.properties === undefined)
    return html`record of ${shapeText(additionalProperties)}${limits(shape)}`
  return html`${[shape.type ?? 'anything'].flat().join(' or ')}${limits(shape)}`
}

/** Puts a word between pieces. */
function joined(pieces: readonly Html[], word: string): Html {
  return html`${pieces.map((piece, at) => (at === 0 ? piece : html`${word}${piece}`))}`
}

const ends = ['Length', 'Items', 'Properties', 'imum'] as const

function limits(shape: Shape): Html {
  const { format, pattern } = shape
  const said = [
    ...(format === undefined ? [] : [format]),
    ...ends.flatMap((end) => boundsText(shape[`min${end}`], shape[`max${end}`], end)),
    ...(shape['uniqueItems'] === true ? ['no two alike'] : []),
    ...('default' in shape ? [`else ${JSON.stringify(shape.default)}`] : []),
  ]
  // a format's own pattern says nothing that its name does not
  const like = pattern === undefined || format !== undefined ? undefined : html`, like <code>${pattern}</code>`
  return html`${said.map((one) => `, ${one}`)}${like}`
}

function boundsText(min: unknown, max: unknown, end: (typeof ends)[number]): string[] {
  const what = { Length: ' characters', Items: ' of them', Properties: ' of them', imum: '' }[end]
  const [least, most] = [boundOf(min), boundOf(max)]
  if (least === undefined) return most === undefined ? [] : [`at most ${most}${what}`]
  return most === undefined ? [`${least} or more${what}`] : [`${least} to ${most}${what}`]
}

/** The last whole number that JSON carries everywhere is no promise of anybody's. */
function boundOf(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) !== Number.MAX_SAFE_INTEGER ? value : undefined
}
