export { openApiComplaints } from './openapi-complaints.ts'
export { jsonSchemaComplaints, validatorOf } from './json-schema-complaints.ts'
export { protobufComplaints } from './protobuf-complaints.ts'
