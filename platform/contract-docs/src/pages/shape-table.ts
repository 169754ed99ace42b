import { html, type Html } from '../html.ts'
import type { Shape } from './async-api.ts'
import { deprecationText } from './deprecation.ts'
import { shapeText } from './shape-text.ts'

/** Shows a shape: an object as a table of its fields, alternatives one after the other, anything else in words. */
export function shapeTable(shape: Shape): Html {
  const options = shape.oneOf ?? shape.anyOf
  if (options?.some(hasFields) === true)
    return html`${options.map(
      (option, at) =>
        html`<p class="soft">${at === 0 ? 'Either' : 'or'}</p>
          ${shapeTable(option)}`,
    )}`
  if (!hasFields(shape)) return html`<p>${shapeText(shape)}</p>`
  return html`<div class="table">
    <table>
      <thead>
        <tr>
          <th>Field</th>
          <th>Value</th>
          <th>Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${rowsOf(shape, '')}
      </tbody>
    </table>
  </div>`
}

function hasFields({ properties = {} }: Shape): boolean {
  return Object.keys(properties).length > 0
}

/** One row for each field; those of an object without a name follow the field that holds it. */
function rowsOf({ properties = {}, required = [] }: Shape, before: string): Html[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${before}${name}`
    const isOptional = !required.includes(name)
    const mark = field['x-deprecation']
    const isGone = mark !== undefined || field.deprecated === true
    const meaning = [
      field.description,
      mark === undefined ? (isGone ? html`<span class="gone">Deprecated</span>` : undefined) : deprecationText(mark),
    ]
    const named = html`<code${isGone ? html` class="struck"` : undefined}>${path}</code>${isOptional ? html` <span class="soft">optional</span>` : undefined}`
    const row = html`<tr>
      <td>${named}</td>
      <td>${shapeText(field)}</td>
      <td>${meaning}</td>
    </tr>`
    return [row, ...inner(field, path)]
  })
}

function inner(field: Shape, path: string): Html[] {
  if (hasFields(field)) return rowsOf(field, `${path}.`)
  return typeof field.items === 'object' && hasFields(field.items) ? rowsOf(field.items, `${path}[].`) : []
}
