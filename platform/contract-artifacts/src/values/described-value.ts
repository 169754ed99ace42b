/** A value, with what is special about it and where: `.lines[0].sku: the longest`. */
export interface DescribedValue {
  readonly about: string
  readonly value: unknown
}

/** A value that must be refused, with where it is wrong. */
export interface InvalidValue extends DescribedValue {
  /** Keys and indexes to what is wrong: the last is that of the field, also where the field is missing or too many. */
  readonly path: readonly (string | number)[]
}

/** Puts what is known about an inner value in the place it has: `.sku` and `the longest` become `.sku: the longest`. */
export function inside(place: string, about: string): string {
  return /^[.[{]/.test(about) ? `${place}${about}` : `${place}: ${about}`
}
