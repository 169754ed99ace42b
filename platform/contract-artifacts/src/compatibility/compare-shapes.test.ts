import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valuesOfSchema } from '../values/values-of.ts'
import { compareShapes, type Role } from './compare-shapes.ts'
import { shapeOf } from './contract-snapshot.ts'
import { examplesOf } from './examples/examples-of.ts'
import type { Side } from './find-witness.ts'
import { anyPlan, schemaOf, type Plan } from './plan-cases.ts'
import { editedPlan } from './plan-edit-cases.ts'
import { recordOf } from './schemas/schema-node.ts'
import { sidesFor, witnessOf } from './witness-of.ts'

// Another one finds other pairs: ASHLAR_TEST_SEED=7
const seed = Number(process.env['ASHLAR_TEST_SEED'] ?? 20_261_121)
const timeout = 60_000
const tally = { compatible: 0, different: 0, tried: 0, broken: 0, shown: 0 }

describe.each(['input', 'output', 'event'] as const)('whatever two versions of a shape are (%s)', (role) => {
  it(
    'refuses nothing that is written by the other version, where the gate finds no break after an edit',
    () => {
      fc.assert(
        fc.property(editedPlan, (plans) => {
          expect(refusals(role, plans)).toEqual([])
        }),
        { seed, numRuns: 600 },
      )
    },
    timeout,
  )

  it(
    'refuses nothing either where the two have nothing to do with each other',
    () => {
      fc.assert(
        fc.property(anyPlan, anyPlan, (...plans) => {
          expect(refusals(role, plans)).toEqual([])
        }),
        { seed, numRuns: 200 },
      )
    },
    timeout,
  )
})

it('said both often, and showed most breaks by a payload', () => {
  expect(tally.compatible).toBeGreaterThan(500)
  expect(tally.different).toBeGreaterThan(200)
  expect(tally.tried).toBeGreaterThan(10_000)
  expect(tally.broken).toBeGreaterThan(500)
  expect(tally.shown / tally.broken).toBeGreaterThan(0.9)
})

/** What is written by one version and refused by the other, though the gate finds no break. */
function refusals(role: Role, [before, after]: readonly [Plan, Plan]): string[] {
  const schemas = { before: schemaOf(before), after: schemaOf(after) }
  const shapes = { before: shapeOf(schemas.before), after: shapeOf(schemas.after) }
  const sides = sidesFor(role, { schemas, shapes })
  const differences = compareShapes(role, shapes)
  const broken = differences.filter(({ level }) => level === 'breaking')
  if (broken.length > 0) {
    tally.broken += 1
    if (broken.some((difference) => witnessOf(difference, sides) !== undefined)) tally.shown += 1
    return []
  }
  tally.compatible += 1
  if (differences.length > 0) tally.different += 1
  return [...sides.values()].flatMap(({ writer, reader }) => {
    const paths = [[], ...differences.map(({ path }) => path)]
    const ours = paths.flatMap((path) => examplesOf(writer.node, { path, against: reader.node }))
    const written = [...ours, ...madeBy(writer)].filter((value) => writer.judge.refusalOf(value) === undefined)
    tally.tried += written.length
    return written.flatMap((value) => {
      const refusal = reader.judge.refusalOf(value)
      return refusal === undefined ? [] : [`${JSON.stringify(value)}: ${refusal}`]
    })
  })
}

/** Values of another maker than the one that looks for witnesses. */
function madeBy({ node, judge }: Side): unknown[] {
  const values = valuesOfSchema(recordOf(node.schema), { seed, accepts: (value) => judge.refusalOf(value) === undefined })
  return [
    ...Array.from({ length: 5 }, () => orNothing(() => values.any())).flat(),
    ...orNothing(() => values.boundaries())
      .flat()
      .map(({ value }) => value),
  ]
}

function orNothing<Made>(make: () => Made): Made[] {
  try {
    return [make()]
  } catch (error) {
    // a plan may ask for what cannot be: at least five, at most four
    if (error instanceof RangeError) return []
    throw error
  }
}
