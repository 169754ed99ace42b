import { create, createFileRegistry, type FileRegistry, type MessageInitShape } from '@bufbuild/protobuf'
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  file_google_protobuf_duration,
  FileDescriptorProtoSchema,
  type FieldDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt'

type FieldParts = Exclude<MessageInitShape<typeof FieldDescriptorProtoSchema>, { $typeName: string }>

const text = (name: string, number: number): FieldParts => ({ name, jsonName: name, number, type: Type.STRING, label: Label.OPTIONAL })
const message = (name: string, jsonName: string, typeName: string): FieldParts => ({
  name,
  jsonName,
  number: 1,
  type: Type.MESSAGE,
  typeName,
  label: Label.OPTIONAL,
})

/**
 * Describes the messages that say more of a failure, by the names and numbers of `google/rpc/error_details.proto`, which
 * libraries of every language bring: only those that are sent, and of those only the fields that are.
 */
export function errorDetails(): FileRegistry {
  const file = create(FileDescriptorProtoSchema, {
    name: 'google/rpc/error_details.proto',
    package: 'google.rpc',
    syntax: 'proto3',
    dependency: ['google/protobuf/duration.proto'],
    messageType: [
      { name: 'ErrorInfo', field: [text('reason', 1), text('domain', 2)] },
      { name: 'RetryInfo', field: [message('retry_delay', 'retryDelay', '.google.protobuf.Duration')] },
      {
        name: 'BadRequest',
        field: [{ ...message('field_violations', 'fieldViolations', '.google.rpc.BadRequest.FieldViolation'), label: Label.REPEATED }],
        nestedType: [{ name: 'FieldViolation', field: [text('field', 1), text('description', 2)] }],
      },
    ],
  })
  return createFileRegistry(file, (name) => (name === 'google/protobuf/duration.proto' ? file_google_protobuf_duration : undefined))
}
