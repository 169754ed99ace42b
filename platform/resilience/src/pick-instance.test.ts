import { array, assert, double, nat, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pickInstance } from './pick-instance.ts'

const loads = (least: number) => array(nat(50), { minLength: least, maxLength: 12 })
const draw = double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const twoDraws = tuple(draw, draw)
const instancesOf = (inFlight: number[]) => inFlight.map((_, index) => ({ id: String(index) }))

function pick(inFlight: number[], draws: number[]) {
  const left = [...draws]
  return pickInstance(
    instancesOf(inFlight),
    (id) => inFlight[Number(id)] ?? 0,
    () => left.shift() ?? 0,
  )
}

describe('picking an instance', () => {
  it('finds none among none', () => {
    expect(pick([], [])).toBeUndefined()
  })

  it('always picks a candidate', () => {
    assert(
      property(loads(1), twoDraws, (inFlight, draws) => {
        expect(Number(pick(inFlight, draws)?.id)).toBeLessThan(inFlight.length)
      }),
    )
  })

  it('never picks the one that is busier than all others', () => {
    assert(
      property(loads(1), nat(), twoDraws, (...[others, at, draws]) => {
        const busiest = at % (others.length + 1)
        const inFlight = [...others.slice(0, busiest), 51, ...others.slice(busiest)]
        expect(pick(inFlight, draws)?.id).not.toBe(String(busiest))
      }),
    )
  })

  it('sends most calls to the less loaded half', () => {
    const inFlight = [0, 0, 0, 0, 9, 9, 9, 9]
    const picks = Array.from({ length: 2_000 }, () => pickInstance(instancesOf(inFlight), (id) => inFlight[Number(id)] ?? 0))
    // both of two draws fall into the busy half with probability 3/14
    expect(picks.filter((picked) => Number(picked?.id) < 4).length).toBeGreaterThan(1_400)
  })

  it('spreads evenly where all are idle', () => {
    const counts = [0, 0, 0, 0]
    for (let call = 0; call < 4_000; call += 1) {
      const picked = Number(pickInstance(instancesOf(counts), () => 0)?.id)
      counts[picked] = (counts[picked] ?? 0) + 1
    }
    for (const count of counts) expect(count).toBeGreaterThan(700)
  })
})
