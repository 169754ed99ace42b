export { openApiComplaints } from './openapi-complaints.ts'
export { jsonSchemaComplaints, validatorOf } from './json-schema-complaints.ts'
