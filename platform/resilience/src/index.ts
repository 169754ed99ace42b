export { remainingMs, withDeadline } from './deadline.ts'
export { pickInstance } from './pick-instance.ts'
