/** One step from a value to a part of it. */
export type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'items' }
  | { readonly kind: 'at'; readonly position: number }
  | { readonly kind: 'rest' }
  | { readonly kind: 'names' }
  /** Into one option of a union, told from the others by its label. */
  | { readonly kind: 'option'; readonly label: string }

/** One thing in which two versions of a schema differ. */
export interface Difference {
  readonly path: readonly Step[]
  /** What about the value it is, in one word that stays the same: `required`, `removed`, `max`. */
  readonly aspect: string
  /** What became of it, to stand after the path: `was removed`. */
  readonly said: string
  /** Something the version before takes is refused by the version after. */
  readonly narrows: boolean
  /** Something the version after gives is refused by the version before. */
  readonly widens: boolean
  /** Only words changed, or the same was said otherwise. */
  readonly isWording?: boolean
}

/** Writes a path as a person reads it: `lines[].unitPrice.currency`, `payment(card).token`, `prices{}`; empty at the top. */
export function pathText(path: readonly Step[]): string {
  return path.map(stepText).join('').replace(/^\./, '')
}

function stepText(step: Step): string {
  switch (step.kind) {
    case 'field':
      return `.${step.name}`
    case 'items':
      return '[]'
    case 'at':
      return `[${step.position}]`
    case 'rest':
      return '{}'
    case 'names':
      return '{name}'
    case 'option':
      return `(${step.label})`
  }
}
