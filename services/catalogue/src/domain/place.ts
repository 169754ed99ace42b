/** Where something stands in a list sorted by name, and by id where names are the same. */
export interface Place {
  readonly name: string
  readonly id: string
}

/** Compares by place. */
export function byPlace(a: Place, b: Place): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id < b.id ? -1 : Number(a.id > b.id)
}
