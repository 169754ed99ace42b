import { beforeEach, describe, expect, it } from 'vitest'
import { Lanes } from './lanes.ts'

interface Row {
  readonly orderingKey: string
  readonly id: number
}

describe('lanes', () => {
  let lanes: Lanes<Row>
  beforeEach(() => {
    lanes = new Lanes()
  })
  const row = (orderingKey: string, id: number): Row => ({ orderingKey, id })
  const sent = () => {
    const next = lanes.next()
    if (next === undefined) throw new Error('nothing may go')
    return next
  }

  it('sends one row of each key at a time', () => {
    lanes.add([row('a', 1), row('a', 2), row('b', 3)])
    expect([sent().id, sent().id]).toEqual([1, 3])
    expect(lanes.next()).toBeUndefined()
  })

  it('sends the next of a key once the one before has arrived', () => {
    lanes.add([row('a', 1), row('a', 2)])
    lanes.arrived(sent())
    expect(sent().id).toBe(2)
  })

  it('tries a row again before those behind it when it did not leave', () => {
    lanes.add([row('a', 1), row('a', 2)])
    lanes.returned(sent())
    expect(sent().id).toBe(1)
  })

  it('forgets what is behind a row that failed, so that nothing overtakes it', () => {
    lanes.add([row('a', 1), row('a', 2), row('b', 3)])
    lanes.dropped(sent())
    expect(lanes.keys()).toEqual(['b'])
    expect(lanes.size).toBe(1)
  })

  it('forgets everything but what is on its way', () => {
    lanes.add([row('a', 1), row('a', 2), row('b', 3)])
    const onItsWay = sent()
    lanes.forgetWaiting()
    expect(lanes.keys()).toEqual(['a'])
    expect(lanes.next()).toBeUndefined()
    lanes.arrived(onItsWay)
    expect([lanes.size, lanes.onTheWay, lanes.keys()]).toEqual([0, 0, []])
  })

  it('counts what it holds', () => {
    lanes.add([row('a', 1), row('b', 2), row('a', 3)])
    expect(lanes.size).toBe(3)
    lanes.arrived(sent())
    lanes.arrived(sent())
    expect(lanes.size).toBe(1)
  })
})
