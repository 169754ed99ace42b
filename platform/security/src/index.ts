export type { Customer, Principal } from './principal.ts'
