import { kebabCase } from '@ashlar/contract'

/** Gives the words of a camelCase name: `orderPlaced` is `order`, `placed`. */
export function wordsOf(name: string): string[] {
  return kebabCase(name).split('-')
}

/** Writes a camelCase name as a type's: `placeOrder` becomes `PlaceOrder`. */
export function pascalCase(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}

/** Writes words as one camelCase name. */
export function camelCase(words: readonly string[]): string {
  const [first = '', ...others] = words
  return [first, ...others.map(pascalCase)].join('')
}

/** Writes a camelCase name as the beginning of a sentence: `placeOrder` becomes `Place order`. */
export function spoken(name: string): string {
  return pascalCase(wordsOf(name).join(' '))
}
