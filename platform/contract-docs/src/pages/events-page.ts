import { html, type Html } from '../html.ts'
import { nameIn, type AsyncApi, type Channel, type MessageOperation, type Shape } from './async-api.ts'
import { deprecationText } from './deprecation.ts'
import { writePage, type LinkTo } from './page.ts'
import { shapeTable } from './shape-table.ts'

interface Events {
  readonly title: string
  /** Path of the AsyncAPI document that is shown. */
  readonly document: string
  readonly content: AsyncApi
}

/** Writes the page of what a contract announces and can be told through the broker. It needs no script. */
export function eventsPage({ title, document, content }: Events, { style, link }: { style: string; link: LinkTo }): string {
  const operations = Object.values(content.operations)
  const events = operations.filter(({ action }) => action === 'send')
  const commands = operations.filter(({ action }) => action === 'receive')
  const main = html`<main class="page">
    <h1>${title}</h1>
    <p>${content.info.description}</p>
    ${section('Events', events, content)}${section('Commands', commands, content)}${shapesOf(content)}
  </main>`
  return writePage({
    title,
    styles: [link(style)],
    bar: html`<a href="${link('index.html')}">All references</a> <strong>${title}</strong> <a href="${link(document)}">${document}</a>`,
    content: main,
  })
}

function section(title: string, operations: readonly MessageOperation[], content: AsyncApi): Html | undefined {
  if (operations.length === 0) return undefined
  return html`<h2>${title}</h2>
    ${operations.map((operation) => card(operation, content))}`
}

function card(operation: MessageOperation, content: AsyncApi): Html {
  const { [nameIn(operation.channel)]: channel = { address: null } } = content.channels
  const [message = { $ref: '' }] = operation.messages
  const name = nameIn(message)
  const [mark, queue] = [operation['x-deprecation'], operation.bindings?.nats?.queue]
  const replies = operation.reply?.messages.map(nameIn) ?? []
  return html`<article class="card wide" id="${name}">
<h3${mark === undefined ? undefined : html` class="struck"`}>${name}</h3>
${mark === undefined ? undefined : html`<p>${deprecationText(mark)}</p>`}
<dl><dt>Subject</dt><dd><code>${channel.address ?? 'as the command asks for'}</code></dd>${streamText(channel)}${
    queue === undefined
      ? undefined
      : html`<dt>Read by</dt>
          <dd><code>${queue}</code></dd>`
  }</dl>
${dataOf(name, content)}${replies.map(
    (reply) =>
      html`<h4>Reply</h4>
        ${dataOf(reply, content)}`,
  )}</article>
`
}

function streamText({ 'x-jetstream': stream }: Channel): Html | undefined {
  if (stream === undefined) return undefined
  const days = stream.max_age === undefined || stream.max_age === 0 ? undefined : stream.max_age / 86_400e9
  return html`<dt>Stream</dt>
    <dd><code>${stream.name}</code>${days === undefined ? '' : `, kept for ${days} days`}</dd>`
}

/** The data that a message carries, and its envelope behind a click. */
function dataOf(message: string, { components: { schemas } }: AsyncApi): Html {
  const { [`${message}Envelope`]: envelope = {} } = schemas
  const { data = {}, ...attributes } = envelope.properties ?? {}
  const resolved = data.$ref === undefined ? data : (schemas[nameIn({ $ref: data.$ref })] ?? data)
  const around: Shape = { properties: attributes, required: envelope.required ?? [] }
  return html`<h4>Data</h4>
    ${shapeTable(resolved)}
    <details>
      <summary>Envelope</summary>
      ${shapeTable(around)}
    </details> `
}

/** Every shape that messages are made of, by name, where links lead. */
function shapesOf({ components: { schemas } }: AsyncApi): Html | undefined {
  const named = Object.entries(schemas).filter(([name]) => !name.endsWith('Envelope') && name !== 'MessageHeaders')
  if (named.length === 0) return undefined
  const cards = named.map(
    ([name, shape]) =>
      html`<article class="card wide" id="shape-${name}">
        <h3>${name}</h3>
        ${html`<p>${shape.description}</p>`}${shapeTable(shape)}
      </article> `,
  )
  return html`<h2>Shapes</h2>
    ${cards}`
}
