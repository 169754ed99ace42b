/** A value as OTLP's JSON writes it. */
export interface AnyValue {
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly intValue?: string | number
  readonly doubleValue?: number
  readonly arrayValue?: { readonly values?: readonly AnyValue[] }
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] }
}

export interface KeyValue {
  readonly key: string
  readonly value?: AnyValue
}

export type Plain = string | number | boolean

/** Gives attributes by name; lists and maps as JSON text. */
export function plainAttributes(attributes: readonly KeyValue[] = []): Record<string, Plain> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]))
}

/** Gives a value as JavaScript has it. */
export function plainValue(value: AnyValue | undefined): Plain {
  const said = unpacked(value)
  return typeof said === 'object' ? JSON.stringify(said) : said
}

function unpacked(value: AnyValue = {}): Plain | object {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue } = value
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map(unpacked)
  if (kvlistValue !== undefined) return Object.fromEntries((kvlistValue.values ?? []).map(({ key, value: own }) => [key, unpacked(own)]))
  return stringValue ?? boolValue ?? (intValue === undefined ? doubleValue : Number(intValue)) ?? ''
}
