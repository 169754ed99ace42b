import type { Client } from '@ashlar/service'
import type { Catalogue } from '@contracts/catalogue'
import type { Prices } from '../ports.ts'

/** Asks the catalogue what things cost. */
export function cataloguePrices(catalogue: Client<Catalogue>): Prices {
  return {
    async of(lines) {
      const answer = await catalogue.priceLines({ lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) })
      return answer.ok ? { kind: 'priced', lines: answer.value.lines } : { kind: 'unknown', sku: answer.data.sku }
    },
  }
}
