import { describe, expect, it } from 'vitest'
import { leaksIn } from '../harness/spoken.ts'
import type { Seen } from './seen-shop.ts'

/** What is seen must not be more than may be. */
export function secrets({ answers, journeys: { confirmed, planted } }: Seen): void {
  const { id } = confirmed.order
  const everyone = { ...planted, email: '@example.com', name: 'Zenobia', street: 'St James', cards: 'tok_', token: 'eyJhbGciOi' }

  describe('no password, token, card or person is found', () => {
    it('in any trace of Jaeger', async () => {
      const traces = await answers.everyTrace()
      expect(traces.filter((text) => text.includes(id))).not.toEqual([])
      expect(
        leaksIn(
          traces.flatMap((text) => text.split(/(?<="value":)/)),
          everyone,
        ),
      ).toEqual([])
    })

    it('in any line of Loki, nor in what a line carries', async () => {
      const lines = (await answers.lines('{service_name=~".+"}')).map((line) => JSON.stringify(line))
      expect(lines.filter((text) => text.includes(id))).not.toEqual([])
      expect(leaksIn(lines, everyone)).toEqual([])
    })

    it('in any series or exemplar of Prometheus, nor anything of one order', async () => {
      const series = await answers.prometheus<object[]>('/api/v1/series', { 'match[]': '{__name__=~".+"}' })
      const exemplars = await answers.prometheus<object[]>('/api/v1/query_exemplars', {
        query: '{__name__=~".+"}',
        start: String(Date.now() / 1_000 - 600),
        end: String(Date.now() / 1_000),
      })
      const said = [...series, ...exemplars].map((one) => JSON.stringify(one))
      expect(said.filter((text) => text.includes('orders.v1/placeOrder'))).not.toEqual([])
      expect(leaksIn(said, { ...everyone, order: id })).toEqual([])
    })
  })
}
