import type { AttributeValue } from '../otlp/encode-attributes.ts'
import type { SpanAttributes } from './ended-span.ts'

/** Keeps of what a program calls attributes those that are: texts, numbers, booleans and lists of them. */
export function attributesOf(said: object | undefined): SpanAttributes {
  return Object.fromEntries(Object.entries(said ?? {}).filter((entry): entry is [string, AttributeValue] => isValue(entry[1])))
}

function isValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((each) => each === null || each === undefined || isScalar(each))
  return isScalar(value)
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
