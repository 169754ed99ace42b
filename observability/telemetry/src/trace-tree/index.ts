export { growTree, type TraceBranch } from './grow-tree.ts'
export { printTree, type PrintOptions } from './print-tree.ts'
export { type SpanPlace, type SpanRecord } from './span-record.ts'
