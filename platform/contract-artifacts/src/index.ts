export { artefacts } from './artefacts.ts'
export type { ContractLock } from './lock/contract-lock.ts'
export { openApiOf, type OpenApiDocument } from './open-api/whole-shop.ts'
