import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { check_compat, initSync } from 'jsoncompat'
import { beforeAll, describe, expect, it } from 'vitest'
import { compareShapes, type Level, type Role } from './compare-shapes.ts'
import { shapeOf } from './contract-snapshot.ts'
import { examplesOf } from './examples/examples-of.ts'
import { shapeCases } from './cases/shape-cases.ts'
import type { ShapeChange } from './cases/shape-change.ts'
import { witnessOf, sidesFor } from './witness-of.ts'

const roles = ['input', 'output', 'event'] as const
const cases = Object.entries(shapeCases).flatMap(([topic, changes]) =>
  changes.flatMap((change) => roles.map((role, at) => ({ topic, ...change, change, role, verdict: change.verdicts[at] ?? 'patch' }))),
)

beforeAll(() => {
  const wasm = createRequire(import.meta.url)
    .resolve('jsoncompat')
    .replace(/\.js$/, '_bg.wasm')
  initSync({ module: readFileSync(wasm) })
})

it('knows at least sixty kinds of change', () => {
  expect(new Set(cases.map(({ kind }) => kind)).size).toBe(Object.values(shapeCases).flat().length)
  expect(cases.length).toBeGreaterThanOrEqual(60 * roles.length)
})

describe.each(cases)('$topic: $kind ($role)', ({ change, role, verdict }) => {
  const shapes = { before: shapeOf(change.before), after: shapeOf(change.after) }
  const differences = compareShapes(role, shapes)

  it(`is ${verdict}`, () => {
    expect(worst(differences.map(({ level }) => level))).toBe(verdict)
  })

  it('is borne out by real values', () => {
    const sides = sidesFor(role, { schemas: change, shapes })
    const broken = differences.filter(({ level }) => level === 'breaking')
    const witnesses = broken.flatMap((difference) => witnessOf(difference, sides) ?? [])
    const excuse = change.withoutWitness?.[role]
    expect(witnesses.length > 0).toBe(verdict === 'breaking' && excuse === undefined)
    if (verdict === 'breaking') return
    for (const { writer, reader } of sides.values()) {
      const written = examplesOf(writer.node, { path: [], against: reader.node }).filter((one) => writer.judge.refusalOf(one) === undefined)
      expect(written.length).toBeGreaterThan(0)
      expect(written.flatMap((one) => reader.judge.refusalOf(one) ?? [])).toEqual([])
    }
  })

  it('is judged alike by jsoncompat, or it is written down why not', () => {
    const differs = jsoncompatSays(role, change) !== (verdict !== 'breaking')
    expect(differs ? (change.jsoncompatDiffers?.[role] ?? 'nobody wrote down why') : undefined).toBe(change.jsoncompatDiffers?.[role])
  })
})

function jsoncompatSays(role: Role, { before, after }: ShapeChange): boolean {
  const face = role === 'input' ? 'read' : 'written'
  const [old, now] = [before, after].map((schema) => JSON.stringify(shapeOf(schema)[face].schema))
  const part = { input: 'deserializer', output: 'serializer', event: 'both' }[role]
  return check_compat(old ?? '', now ?? '', part)
}

function worst(levels: readonly Level[]): Level {
  return (['breaking', 'minor', 'patch'] as const).find((level) => levels.includes(level)) ?? 'patch'
}
