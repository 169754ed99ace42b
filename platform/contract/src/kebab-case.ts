/** Writes a camelCase name as the words of a subject or a consumer: `orderPlaced` becomes `order-placed`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}
