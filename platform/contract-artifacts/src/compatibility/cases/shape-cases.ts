import { compositeCases } from './composite-cases.ts'
import { fieldCases } from './field-cases.ts'
import type { ShapeChange } from './shape-change.ts'
import { valueCases } from './value-cases.ts'

/** Kinds of change of a shape, by what they are about. */
export const shapeCases: Readonly<Record<string, readonly ShapeChange[]>> = { ...fieldCases, ...valueCases, ...compositeCases }
