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
  const rows = rowsOf(shape, '')
  const isExplained = rows.some(({ meaning }) => meaning.length > 0)
  return html`<div class="table">
    <table>
      <thead>
        <tr>
          <th>Field</th>
          <th>Value</th>
          ${isExplained ? html`<th>Meaning</th>` : undefined}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, value, meaning }) =>
            html`<tr>
              <td>${name}</td>
              <td>${value}</td>
              ${isExplained ? html`<td>${meaning}</td>` : undefined}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

interface Row {
  readonly name: Html
  readonly value: Html
  readonly meaning: readonly Html[]
}

function hasFields({ properties = {} }: Shape): boolean {
  return Object.keys(properties).length > 0
}

/** One row for each field; those of an object without a name follow the field that holds it. */
function rowsOf({ properties = {}, required = [] }: Shape, before: string): Row[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${before}${name}`
    const isOptional = !required.includes(name)
    const gone = deprecationOf(field)
    const struck = gone === undefined ? undefined : html` class="struck"`
    const row = {
      name: html`<code${struck}>${path}</code>${isOptional ? html` <span class="soft">optional</span>` : undefined}`,
      value: shapeText(field),
      meaning: [...(field.description === undefined ? [] : [html`${field.description} `]), ...(gone === undefined ? [] : [gone])],
    }
    return [row, ...inner(field, path)]
  })
}

function deprecationOf(field: Shape): Html | undefined {
  const mark = field['x-deprecation']
  if (mark !== undefined) return deprecationText(mark)
  return field.deprecated === true ? html`<span class="gone">Deprecated</span>` : undefined
}

function inner(field: Shape, path: string): Row[] {
  if (hasFields(field)) return rowsOf(field, `${path}.`)
  return typeof field.items === 'object' && hasFields(field.items) ? rowsOf(field.items, `${path}[].`) : []
}
