export { openApiOf, type OpenApiDocument } from './open-api.ts'
