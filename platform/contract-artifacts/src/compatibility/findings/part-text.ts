import type { Change, Place } from '../finding.ts'
import { pathText } from '../schemas/difference.ts'

/** Names the part of a contract: `getProduct output`, `orderPlaced event`, `reserveStock error out_of_stock`. */
export function partText(place: Place): string {
  switch (place.part) {
    case 'contract':
      return 'the contract'
    case 'operation':
      return place.operation
    case 'input':
    case 'output':
      return `${place.operation} ${place.part}`
    case 'error':
      return `${place.operation} error ${place.code}`
    case 'event':
    case 'data':
      return `${place.event} event`
  }
}

/** Says a change in one sentence: `price.currency was removed`. */
export function sentenceOf({ path, said, place }: Change): string {
  const where = pathText(path)
  if (where !== '') return `${where} ${said}`
  return place.part === 'input' || place.part === 'output' || place.part === 'data' ? `the whole ${said}` : said
}

/** Gives a change the name it is waived by. It stays the same as long as the same thing changes in the same way. */
export function idOf({ place, path, aspect }: Change): string {
  return [...partText(place).split(' '), pathText(path), ...aspect.split(' ')].filter((word) => word !== '').join(':')
}
