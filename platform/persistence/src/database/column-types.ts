import { types, type CustomTypesConfig } from 'pg'

/** Reads columns as `pg` does, except `bigint`, which becomes a number: amounts and counts are safe integers or an error. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === types.builtins.INT8 && format !== 'binary') return safeInteger
    return types.getTypeParser(oid, format)
  },
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint of the database is too large for a number; select it as text')
  return value
}
