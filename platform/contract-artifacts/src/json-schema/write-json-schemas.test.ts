import { defineContract, event, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { jsonSchemaComplaints, validatorOf } from '../testing/json-schema-complaints.ts'
import { teaHouse } from '../testing/tea-house.ts'
import { valuesOf } from '../values/values-of.ts'
import { schemaDocuments, writeJsonSchemas } from './write-json-schemas.ts'

const documents = schemaDocuments(teaHouse)

const acceptanceOf = (name: string) => validatorOf(documents[name] ?? {})

describe('JSON Schemas of a contract', () => {
  it('are 2020-12 to its meta-schema', () => {
    expect(jsonSchemaComplaints(documents)).toEqual([])
    expect(jsonSchemaComplaints({ Cup: { ...documents['Brew'], type: 'text' } })).toEqual([
      expect.stringContaining('Cup: schema is invalid'),
    ])
  })

  it('are one for each shape and each event, whole in themselves', () => {
    expect(Object.keys(documents)).toEqual(expect.arrayContaining(['Brew', 'BrewInput', 'BrewTeaInput', 'CupsWashed', 'TeaBrewed']))
    expect(documents['TeaBrewed']).toMatchObject({ title: 'TeaBrewed', description: 'Data of the event teahouse.tea-brewed.v1.' })
    expect(writeJsonSchemas(teaHouse, undefined).map(({ path }) => path)).toContain('schemas/TeaBrewed.json')
  })

  const { brewTea, findTea, listShelves, washCups } = teaHouse.operations
  it.each([
    { name: 'BrewTeaInput', shape: brewTea.input, way: 'input' as const },
    { name: 'FindTeaInput', shape: findTea.input, way: 'input' as const },
    { name: 'FindTeaOutput', shape: findTea.output, way: 'output' as const },
    { name: 'ListShelvesOutput', shape: listShelves.output, way: 'output' as const },
    { name: 'WashCupsInput', shape: washCups.input, way: 'input' as const },
    { name: 'TeaBrewed', shape: teaHouse.events.teaBrewed.data, way: 'output' as const },
  ])('$name takes what the contract takes and refuses what it refuses', ({ name, shape, way }) => {
    const accepts = acceptanceOf(name)
    const values = valuesOf(shape, way, 'tea')
    const good = [...values.boundaries().map(({ value }) => value), ...Array.from({ length: 50 }, () => values.any())]
    expect(good.filter((value) => !accepts(value))).toEqual([])
    const bad = values.invalid().map(({ value }) => value)
    expect(bad.filter((value) => accepts(value))).toEqual([])
    expect(bad.length).toBeGreaterThan(0)
  })

  it('hold a text to every one of its patterns', () => {
    const guest = (text: string) => ({ brew: { teaId: 't', milk: 'oat' }, payment: null, cups: [{ size: 'small' }], guest: text })
    const accepts = acceptanceOf('BrewTeaInput')
    expect(['Ada', '   ', 'A\n'].map((text) => accepts(guest(text)))).toEqual([true, false, false])
  })

  it('are refused where an event is called like another shape', () => {
    const Brew = z.object({ teaId: z.string() }).meta({ id: 'TeaBrewed' })
    const teaBrewed = event({ version: 1, aggregate: 'teaId', key: 'teaId', data: z.object({ teaId: z.string(), brew: Brew }) })
    const contract = defineContract({ name: 'teas', version: 1, operations: {}, events: { teaBrewed } })
    expect(() => schemaDocuments(contract)).toThrow('TeaBrewed')
  })
})
