import { expect, expectTypeOf, it } from 'vitest'
import { createTelemetry } from '../telemetry.ts'
import { vocabularyFaults } from '../testing/vocabulary-faults.ts'
import { attributeVocabulary } from './attributes.ts'
import { labelVocabulary } from './labels.ts'
import { metricVocabulary, type LabelsOf, type MetricDeclaration } from './metrics.ts'

const metrics: Readonly<Record<string, MetricDeclaration>> = metricVocabulary

it('explains every metric, names its unit, and bounds its labels', () => {
  expect(vocabularyFaults({ metrics, labels: labelVocabulary })).toEqual([])
})

const sound: MetricDeclaration = { type: 'gauge', unit: 'none', help: 'Orders that wait.', labels: [] }

it.each<[string, Partial<MetricDeclaration>, string]>([
  ['orders_waiting', { help: '' }, 'its help is no sentence'],
  ['orders_waiting_total', {}, '_total is for counters'],
  ['orders_placed', { type: 'counter' }, '_total is for counters'],
  ['orders_waiting', { unit: 'seconds' }, 'its name does not end in seconds'],
  ['orders_waiting_seconds', {}, 'its name has a unit it does not declare'],
  ['orders_wait_seconds', { type: 'histogram', unit: 'seconds' }, 'rising buckets'],
  ['orders_wait_seconds', { type: 'histogram', unit: 'seconds', buckets: [1, 0.5] }, 'rising buckets'],
  ['orders_waiting', { labels: ['colour' as 'caller'] }, 'label colour is not declared'],
  ['ordersWaiting', {}, 'not lower case'],
])('refuses %s where %j', (name, change, fault) => {
  const faults = vocabularyFaults({ metrics: { ...metrics, [name]: { ...sound, ...change } }, labels: labelVocabulary })
  expect(faults).toEqual([expect.stringContaining(`${name}: ${fault}`)])
})

it.each(['order_id', 'path', 'error_message', 'customer_email', 'idempotency_key', 'server_address'])(
  'refuses a label %s: there is no end of it',
  (label) => {
    const planted = { ...metrics, orders_waiting: { ...sound, labels: [label as 'caller'] } }
    const faults = vocabularyFaults({ metrics: planted, labels: { ...labelVocabulary, [label]: { boundedBy: 'configuration' } } })
    expect(faults).toContainEqual(expect.stringContaining(`${label}: there is no end of`))
  },
)

it('refuses a label that nothing bounds, and one that no metric has', () => {
  const labels = { ...labelVocabulary, colour: { values: [] } }
  expect(vocabularyFaults({ metrics, labels })).toEqual(['colour: nothing bounds its values', 'colour: no metric has it'])
})

it('writes attributes in OpenTelemetry’s form', () => {
  expect(Object.keys(attributeVocabulary).filter((name) => !/^[a-z][a-z0-9]*(\.[a-z][a-z0-9_]*)+$/.test(name))).toEqual([])
})

it('compiles with declared names, labels and values only', () => {
  const { metrics: measured, tracing } = createTelemetry('orders')
  const wrong = (): void => {
    // @ts-expect-error no such metric
    measured.count('orders_lost_total', {})
    // @ts-expect-error a histogram is not counted
    measured.count('outbox_relay_lag_seconds', {})
    // @ts-expect-error no such label
    measured.count('messaging_redeliveries_total', { consumer: 'x', order_id: '1' })
    // @ts-expect-error a label is missing
    measured.count('dead_letters_total', { consumer: 'x' })
    // @ts-expect-error not one of its values
    measured.count('dead_letters_total', { consumer: 'x', error_class: 'it broke' })
    // @ts-expect-error no such attribute
    tracing.start('x', { kind: 'internal', attributes: { 'customer.email': 'ada@example.test' } })
    // @ts-expect-error an amount is a number
    tracing.start('x', { kind: 'internal', attributes: { 'order.amount': '12.00' } })
  }
  expect(wrong).toBeTypeOf('function')
  expectTypeOf<LabelsOf<'db_client_connection_count'>['state']>().toEqualTypeOf<'idle' | 'used'>()
})
