export { openApiComplaints } from './openapi-complaints.ts'
export { jsonSchemaComplaints } from './json-schema-complaints.ts'
