import { expect, expectTypeOf, it } from 'vitest'
import { z } from '@ashlar/contract'
import { defineSaga } from './define-saga.ts'
import type { EndingHandler, SagaDefinition } from './definition.ts'
import { SagaRefusedError } from './saga-refused.ts'
import { checkoutOf, Order, shop, type Told } from './testing/checkout-cases.ts'

const nothing = { completed: () => async () => {}, compensated: () => async () => {}, stuck: () => async () => {} }
const begin = (name = 'checkout') => defineSaga(name, { version: 1, state: Order, key: (order) => order.orderId })
const send = { with: ({ orderId }: Order) => ({ orderId }) }

function problemsOf(define: () => unknown): readonly string[] {
  try {
    define()
  } catch (error) {
    if (error instanceof SagaRefusedError) return error.problems
    throw error
  }
  return []
}

it('reads a definition into steps with their kinds and policies', () => {
  const { steps } = checkoutOf()
  expect(steps.map((step) => [step.name, step.kind, step.undo?.operation.name])).toEqual([
    ['reserve stock', 'compensatable', 'release'],
    ['charge', 'compensatable', 'refund'],
    ['ship', 'pivot', undefined],
    ['commit stock', 'forward', undefined],
  ])
})

it('waits five seconds, and tries five times before the pivot and twenty from it on, unless told otherwise', () => {
  const { steps } = begin()
    .step('charge', { send: shop.charge, ...send, undo: { send: shop.refund, ...send } })
    .pivot('ship', { send: shop.ship, ...send })
    .endsAs(nothing)
  expect(steps.map((step) => step.policy)).toEqual([
    { timeoutMs: 5_000, attempts: 5 },
    { timeoutMs: 5_000, attempts: 20 },
  ])
  expect(steps[0]?.undo?.policy).toEqual({ timeoutMs: 5_000, attempts: 20 })
})

it('sums up what the endings need', () => {
  expectTypeOf(checkoutOf()).toEqualTypeOf<SagaDefinition<Order, Told>>()
  const saga = begin()
    .forward('commit', { send: shop.commit, ...send })
    .endsAs({
      ...nothing,
      completed:
        ({ a }: { a: 1 }) =>
        async () =>
          void a,
      stuck:
        ({ b }: { b: 2 }) =>
        async () =>
          void b,
    })
  expectTypeOf(saga).toExtend<SagaDefinition<Order, { a: 1 } & { b: 2 }>>()
})

it('does not compile with an input, a refusal or an order of steps that cannot be', () => {
  const wrongInput = () => ({ wrong: 1 })
  const define = () => {
    const saga = begin()
    // @ts-expect-error the operation takes an orderId
    saga.step('charge', { send: shop.charge, with: wrongInput })
    const shipped = saga.pivot('ship', { send: shop.ship, ...send })
    // @ts-expect-error after the pivot there is only forward
    void shipped.step
    const completed: EndingHandler<Order, never, unknown> =
      () =>
      async (_, { emit }) => {
        // @ts-expect-error an event that is not listed cannot be emitted
        emit(shop.events.orderEnded, { orderId: '', how: '' })
      }
    shipped.endsAs({ ...nothing, completed })
  }
  expect(define).toBeTypeOf('function')
})

it('refuses two steps whose names make the same key', () => {
  const define = () =>
    begin()
      .forward('commit stock', { send: shop.commit, ...send })
      .forward('Commit-Stock', { send: shop.commit, ...send })
      .endsAs(nothing)
  expect(define).toThrow(/saga checkout is refused:\n  step Commit-Stock: the name is taken/)
})

it('refuses a step with an effect and no undo before the pivot', () => {
  expect(
    problemsOf(() =>
      begin()
        .step('charge', { send: shop.charge, ...send })
        .endsAs(nothing),
    ),
  ).toEqual(['step charge: it has an effect and no undo; give it one, or make it the pivot or a forward step'])
})

it('refuses an operation that is not safe to repeat', () => {
  expect(
    problemsOf(() =>
      begin()
        .forward('peek', { send: shop.peek, ...send })
        .endsAs(nothing),
    ),
  ).toEqual(["step peek: orders.v1/peek cannot be sent, since repeating it is not safe; give it idempotency: 'key' in its contract"])
})

it('lists every problem at once', () => {
  const define = () =>
    defineSaga('Check Out', {
      version: 0,
      state: z.object({ id: z.string() }),
      key: (state) => state.id,
      emits: [shop.events.orderEnded.declared],
    })
      .forward('!', { send: shop.commit, with: ({ id }) => ({ orderId: id }), timeoutMs: 0, attempts: 0, refusals: { nope: 'x' } })
      .abortableBy(shop.cancel)
      .endsAs(nothing)
  expect(problemsOf(define)).toHaveLength(8)
})

it('refuses a saga without steps', () => {
  expect(problemsOf(() => begin().endsAs(nothing))).toEqual(['it has no steps'])
})

it('refuses what only a cast could write: a second pivot, a step after it, an undo of it', () => {
  const loose: any = begin()
  const define = () =>
    loose
      .pivot('ship', { send: shop.ship, ...send })
      .pivot('ship twice', { send: shop.ship, ...send, undo: { send: shop.refund, ...send } })
      .step('charge', { send: shop.charge, ...send, undo: { send: shop.refund, ...send } })
      .endsAs(nothing)
  const problems = problemsOf(define)
  expect(problems).toHaveLength(3)
  expect(problems.join()).toMatch(/never taken back.*there is a pivot already.*compensatable step charge: the order is/)
})
