/** Writes a name of the contract as protobuf writes fields: `amountMinor` and `in-store` become `amount_minor` and `in_store`. */
export function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
}

/** Gives the name that protobuf's JSON uses for a field unless it is told another: `amountMinor` for `amount_minor`. */
export function jsonNameOf(fieldName: string): string {
  return fieldName.replaceAll(/_+(.)?/g, (_all, next: string | undefined) => next?.toUpperCase() ?? '')
}

/** Tells whether protobuf and every language made from it can take this as the name of a field. */
export function isFieldName(name: string): boolean {
  return /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name)
}
