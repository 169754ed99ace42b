import { create, createFileRegistry, type DescFile, type FileRegistry, type MessageInitShape } from '@bufbuild/protobuf'
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  file_google_protobuf_struct,
  FileDescriptorProtoSchema,
  MethodOptions_IdempotencyLevel,
  type DescriptorProtoSchema,
  type FieldDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt'
import type { ProtoField, ProtoFile, ProtoMessage, ProtoType } from './proto-file.ts'

type MessageParts = Exclude<MessageInitShape<typeof DescriptorProtoSchema>, { $typeName: string }>
type FieldParts = Exclude<MessageInitShape<typeof FieldDescriptorProtoSchema>, { $typeName: string }>

/** Makes protobuf's own description of a contract, as a compiler would of its `.proto`. */
export function descriptorOf(file: ProtoFile): FileRegistry {
  const proto = create(FileDescriptorProtoSchema, {
    name: `${file.package.replaceAll('.', '/')}.proto`,
    package: file.package,
    syntax: 'proto3',
    dependency: [...file.imports],
    messageType: file.messages.map((message) => messageOf(file.package, message)),
    service: [
      {
        name: file.service.name,
        method: file.service.rpcs.map(({ name, request, response, isQuery, isDeprecated }) => ({
          name,
          inputType: `.${file.package}.${request}`,
          outputType: `.${file.package}.${response}`,
          options: {
            deprecated: isDeprecated,
            idempotencyLevel: isQuery ? MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS : MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN,
          },
        })),
      },
    ],
  })
  return createFileRegistry(proto, (name): DescFile | undefined =>
    name === 'google/protobuf/struct.proto' ? file_google_protobuf_struct : undefined,
  )
}

function messageOf(packageName: string, { name, form, fields }: ProtoMessage): MessageParts {
  if (form.kind === 'union') {
    const options = fields.map((field) => ({ ...fieldOf(packageName, field), oneofIndex: 0 }))
    return { name, field: options, oneofDecl: [{ name: 'which' }] }
  }
  // protobuf keeps whether an optional field came by a oneof of its own
  const optional = fields.filter(({ label }) => label === 'optional')
  return {
    name,
    field: fields.map((field) => {
      if (field.label === 'optional') return { ...fieldOf(packageName, field), proto3Optional: true, oneofIndex: optional.indexOf(field) }
      if (field.label === 'map')
        return { ...fieldOf(packageName, field), type: Type.MESSAGE, typeName: `.${packageName}.${name}.${entryNameOf(field)}` }
      return fieldOf(packageName, field)
    }),
    oneofDecl: optional.map((field) => ({ name: `_${field.name}` })),
    nestedType: fields.filter(({ label }) => label === 'map').map((field) => entryOf(packageName, field)),
  }
}

function fieldOf(packageName: string, { name, jsonName, number, type, label }: ProtoField): FieldParts {
  const isMany = label === 'repeated' || label === 'map'
  return { name, jsonName, number, label: isMany ? Label.REPEATED : Label.OPTIONAL, ...typeOf(packageName, type) }
}

function entryOf(packageName: string, field: ProtoField): MessageParts {
  return {
    name: entryNameOf(field),
    field: [
      { name: 'key', jsonName: 'key', number: 1, label: Label.OPTIONAL, type: Type.STRING },
      { name: 'value', jsonName: 'value', number: 2, label: Label.OPTIONAL, ...typeOf(packageName, field.type) },
    ],
    options: { mapEntry: true },
  }
}

function entryNameOf({ name }: ProtoField): string {
  return `${name.replaceAll(/(?:^|_)(.)/g, (_all, first: string) => first.toUpperCase())}Entry`
}

const scalarTypes = { bool: Type.BOOL, double: Type.DOUBLE, int32: Type.INT32, int64: Type.INT64, string: Type.STRING } as const

function typeOf(packageName: string, type: ProtoType): Pick<FieldParts, 'type' | 'typeName'> {
  switch (type.kind) {
    case 'scalar':
      return { type: scalarTypes[type.name] }
    case 'message':
      return { type: Type.MESSAGE, typeName: `.${packageName}.${type.name}` }
    case 'json':
      return { type: Type.MESSAGE, typeName: `.google.protobuf.${type.name}` }
  }
}
