import { expect, it } from 'vitest'
import { readHealthAnswer } from './read-health-answer.ts'

const entry = (statuses: string[], service: object = {}) => ({
  Node: { Address: '10.0.0.7' },
  Service: { ID: 'a', Service: 'tea', Address: '127.0.0.1', Port: 80, Meta: { contracts: 'tea.v1,tea.v2' }, ...service },
  Checks: statuses.map((Status) => ({ Status })),
})

it('takes an instance for passing only when every check of it and of its node passes', () => {
  const { heard } = readHealthAnswer('7', [entry(['passing', 'passing']), entry(['passing', 'warning'], { ID: 'b' })])
  expect(heard).toEqual({
    passing: [{ id: 'a', service: 'tea', host: '127.0.0.1', port: 80, contracts: ['tea.v1', 'tea.v2'] }],
    failing: ['b'],
  })
})

it('reaches an instance without an address at its node, and finds no contracts in a stranger', () => {
  const { heard } = readHealthAnswer('7', [entry([], { Address: '', Meta: null })])
  expect(heard.passing).toMatchObject([{ host: '10.0.0.7', contracts: [] }])
})

it.each([
  ['no index', undefined, []],
  ['an index that is no number', 'x', []],
  ['a page instead of a list', '7', '<html>'],
  ['an entry without a port', '7', [entry([], { Port: undefined })]],
])('refuses to read %s', (_case, index, body) => {
  expect(() => readHealthAnswer(index, body)).toThrow('cannot be read')
})
