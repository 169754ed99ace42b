import { defineContract, query, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { teaHouse } from '../testing/tea-house.ts'
import { contractShapes, eventShapeIn } from './contract-shapes.ts'
import { ShapeNameError } from './shape-names.ts'

const found = contractShapes(teaHouse)

function asked(input: z.ZodType, output: z.ZodType = z.object({})) {
  return contractShapes(
    defineContract({ name: 'teas', version: 1, operations: { findTea: query({ input, output, policy: { access: 'open' } }) } }),
  )
}

it('names the shape of an event, and takes no unknown event for one', () => {
  const [type = ''] = Object.keys(found.events)
  expect(found.shapes).toHaveProperty(eventShapeIn(found, type))
  expect(() => eventShapeIn(found, 'teahouse.tea-drunk.v1')).toThrow('no event of the contract has the type teahouse.tea-drunk.v1')
})

describe('shapes of a contract', () => {
  it('go by their own names, or by where they stand', () => {
    expect(Object.keys(found.shapes)).toEqual([
      'Brew',
      'BrewInput',
      'BrewInputMilk',
      'BrewMilk',
      'BrewTeaInput',
      'BrewTeaInputCupsItem',
      'BrewTeaInputCupsItemSize',
      'BrewTeaInputPayment',
      'BrewTeaInputPaymentCard',
      'BrewTeaNoWaterDetails',
      'Cash',
      'CupsWashed',
      'FindTeaInput',
      'FindTeaInputLanguage',
      'FindTeaOutput',
      'FindTeaTeaNotFoundDetails',
      'ListShelvesInput',
      'ListShelvesOutput',
      'Shelf',
      'WashCupsInput',
      'WashCupsOutput',
    ])
    expect(found.operations['brewTea']).toEqual({
      input: 'BrewTeaInput',
      output: 'Brew',
      errors: { closed_today: undefined, no_water: 'BrewTeaNoWaterDetails' },
    })
    expect(found.events).toEqual({ 'teahouse.cups-washed.v2': 'CupsWashed', 'teahouse.tea-brewed.v1': 'Brew' })
  })

  it('are two where a default makes what is accepted another thing than what is given', () => {
    expect(found.shapes['BrewInput']?.required).toEqual(['milk', 'teaId'])
    expect(found.shapes['Brew']?.required).toEqual(['milk', 'minutes', 'teaId'])
    expect(found.shapes['BrewTeaInput']?.properties?.['brew']).toEqual({ $ref: '#/$defs/BrewInput' })
  })

  it('keep their names whichever of the two forms are used', () => {
    const Cup = z.object({ sugar: z.int().default(0) }).meta({ id: 'Cup' })
    expect(asked(z.strictObject({ cup: Cup })).shapes).toHaveProperty('CupInput')
    expect(asked(z.strictObject({}), Cup).operations['findTea']?.output).toBe('Cup')
  })

  it('are two also where only what they refer to is', () => {
    const Cup = z.object({ sugar: z.int().default(0) }).meta({ id: 'Cup' })
    const Tray = z.object({ cups: z.array(Cup) }).meta({ id: 'Tray' })
    expect(Object.keys(asked(z.strictObject({ tray: Tray }), Tray).shapes)).toEqual(expect.arrayContaining(['Tray', 'TrayInput']))
  })

  it('keep what is said of the place at the place', () => {
    expect(found.shapes['FindTeaInput']?.properties?.['language']).toEqual({ $ref: '#/$defs/FindTeaInputLanguage', default: 'en' })
    expect(found.shapes['FindTeaInputLanguage']).toEqual({ type: 'string', enum: ['de', 'en'] })
    expect(found.shapes['FindTeaOutput']?.properties?.['label']).toMatchObject({ deprecated: true, type: 'string' })
  })

  it('say nothing of the order in which they were written', () => {
    const one = z.strictObject({ a: z.string(), b: z.enum(['x', 'y']) })
    const other = z.strictObject({ b: z.enum(['y', 'x']), a: z.string() })
    expect(JSON.stringify(asked(one))).toBe(JSON.stringify(asked(other)))
  })

  it('stay open to more fields, unless they are strict', () => {
    expect([found.shapes['Brew'], found.shapes['Cash']].map((shape) => shape?.['additionalProperties'])).toEqual([undefined, false])
  })

  it('say nothing of what only TypeScript may not write to', () => {
    const tray = z.strictObject({ cup: z.object({ size: z.enum(['s', 'l']).readonly() }).readonly() })
    const { shapes, operations } = asked(tray.readonly(), z.object({}).meta({ id: 'Tea' }).readonly())
    expect(JSON.stringify(shapes)).not.toContain('readOnly')
    expect(shapes['FindTeaInput']?.properties?.['cup']).toEqual({ $ref: '#/$defs/FindTeaInputCup' })
    expect(operations['findTea']?.output).toBe('Tea')
  })

  const Cup = z.object({ size: z.int() }).meta({ id: 'Cup' })
  it.each<[string, object, string]>([
    ['two shapes of one name', z.strictObject({ a: Cup, b: z.object({ size: z.string() }).meta({ id: 'Cup' }) }), 'Cup'],
    ['names told apart by case only', z.strictObject({ a: Cup, b: z.object({}).meta({ id: 'CUP' }) }), 'there is Cup already'],
    ['a name that is no class name', z.strictObject({ a: z.object({}).meta({ id: 'tea-cup' }) }), 'called "tea-cup"'],
    [
      'a place that is called like a shape',
      z.strictObject({ cup: z.object({}), b: z.object({}).meta({ id: 'FindTeaInputCup' }) }),
      'what is inside FindTeaInput would be called FindTeaInputCup',
    ],
  ])('are refused for %s', (_what, input, complaint) => {
    expect(() => asked(input as z.ZodType)).toThrow(complaint)
  })

  it.each(['String', 'None', 'BaseModel', 'ClientOption', 'FindTeaResponse', 'FindTeaParams'])(
    'are refused when they are called %s, as a type abroad is',
    (id) => {
      expect(() => asked(z.strictObject({ a: z.object({}).meta({ id }) }))).toThrow(`teas: a shape is called ${id}, as a type abroad is`)
    },
  )

  it('are refused when one name means two things in two places', () => {
    const other = z.object({ size: z.string() }).meta({ id: 'Cup' })
    expect(() => asked(z.strictObject({ cup: Cup }), other)).toThrow('teas: FindTeaOutput holds another Cup')
  })

  it('are refused when they hold themselves without a name', () => {
    const Node: z.ZodType = z.object({ label: z.string(), nodes: z.array(z.lazy(() => Node)) })
    expect(() => asked(z.strictObject({}), Node)).toThrow(ShapeNameError)
  })
})
