import { expect, it } from 'vitest'
import { readWalk } from './read-walk.ts'

const page = ['Do:', '```sh', 'ask a', '```', '```text', '…"a":1.5…', 'b…', '```', 'and', '```sh', 'ask b', 'ask c', '```'].join('\n')

it('gives each block of commands with the answer shown after it', () => {
  const [first, second, ...others] = readWalk(page)
  expect([first?.commands, second?.commands, others]).toEqual(['ask a', 'ask b\nask c', []])
  expect('{"z":0,"a":1.5,\n"q":2}\nb').toMatch(first!.shown)
  expect('').toMatch(second!.shown)
})

it.each(['{"a":125}\nb', 'b\n{"a":1.5}', '{"a":1.5}'])('does not take %j for what is shown', (answered) => {
  expect(answered).not.toMatch(readWalk(page)[0]!.shown)
})
