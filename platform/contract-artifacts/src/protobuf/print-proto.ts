import type { ProtoField, ProtoFile, ProtoMessage, ProtoRpc, ProtoService } from '@ashlar/grpc'
import { jsonNameOf, snakeCase } from './proto-names.ts'

/** Writes a protobuf file as the text that `protoc` and `buf` read. The same file always gives the same text. */
export function printProto(file: ProtoFile): string {
  const blocks = [
    `// ${file.package} as protobuf, written from its contract by \`npm run ashlar -- contracts emit\`: do not edit.`,
    'syntax = "proto3";',
    `package ${file.package};`,
    file.imports.map((name) => `import "${name}";`).join('\n'),
    Object.entries(file.options)
      .map(([name, value]) => `option ${name} = ${JSON.stringify(value)};`)
      .join('\n'),
    printService(file.service),
    ...file.messages.map(printMessage),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function printService({ name, rpcs }: ProtoService): string {
  return block(`service ${name}`, rpcs.flatMap(rpcLines))
}

function rpcLines({ name, request, response, isQuery, isDeprecated, errors }: ProtoRpc): string[] {
  const options = [
    ...(isQuery ? ['option idempotency_level = NO_SIDE_EFFECTS;'] : []),
    ...(isDeprecated ? ['option deprecated = true;'] : []),
  ]
  const head = `rpc ${name}(${request}) returns (${response})`
  return [
    ...errors.map(({ code, status, message }) => `// Refused as ${code} (${status})${message === undefined ? '' : ` with ${message}`}.`),
    ...(options.length === 0 ? [`${head};`] : block(head, options).split('\n')),
  ]
}

function printMessage({ name, form, fields, reserved }: ProtoMessage): string {
  const words = fields.flatMap(fieldLines)
  const kept = [
    ...(reserved.numbers.length === 0 ? [] : [`reserved ${reserved.numbers.join(', ')};`]),
    ...(reserved.names.length === 0 ? [] : [`reserved ${reserved.names.map((each) => `"${each}"`).join(', ')};`]),
  ]
  if (form.kind !== 'union') return block(`message ${name}`, [...kept, ...words])
  return block(`message ${name}`, [
    ...kept,
    `// Exactly one is set: what the contract's \`${form.discriminator}\` says.`,
    ...block(`oneof ${oneofName(form.discriminator, fields)}`, words).split('\n'),
  ])
}

// a message has one space of names for both
function oneofName(discriminator: string, fields: readonly ProtoField[]): string {
  const name = snakeCase(discriminator)
  return fields.some((field) => field.name === name) ? `one_${name}` : name
}

function fieldLines(field: ProtoField): string[] {
  const { name, jsonName, number, note, isDeprecated } = field
  const options = [...(isDeprecated ? ['deprecated = true'] : []), ...(jsonNameOf(name) === jsonName ? [] : [`json_name = "${jsonName}"`])]
  const end = options.length === 0 ? '' : ` [${options.join(', ')}]`
  return [...(note === undefined ? [] : [`// ${note}`]), `${typeText(field)} ${name} = ${number}${end};`]
}

function typeText({ type, label }: ProtoField): string {
  const name = type.kind === 'json' ? `google.protobuf.${type.name}` : type.name
  if (label === 'map') return `map<string, ${name}>`
  return label === 'required' ? name : `${label} ${name}`
}

function block(head: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${head} {}`
  return [`${head} {`, ...lines.map((line) => `  ${line}`), '}'].join('\n')
}
