/** What was read of a JSON value: whether it was looked at, and what was read inside it. */
export interface Read {
  isRead: boolean
  readonly fields: Map<string, Read>
  /** Of all elements of an array together. */
  items: Read | undefined
}

/** Of a value that nobody looked at yet. */
export function nothingRead(): Read {
  return { isRead: false, fields: new Map(), items: undefined }
}

/** A value to be read, and what was read of it so far. */
export interface Reading {
  readonly value: unknown
  readonly read: Read
}

/**
 * Gives a value that notes what is read of it: a scalar when it is taken, an array or an object when it is looked into. One
 * that is only handed on is not read. A field that the value lacks leaves no trace.
 */
export function readingOf(value: unknown): Reading {
  const read = nothingRead()
  return { value: noting(value, read), read }
}

/** Notes everything there is: for who hands bytes on, whatever they say. */
export function allRead(value: unknown): Read {
  const { value: reader, read } = readingOf(value)
  JSON.stringify(reader)
  return read
}

function noting(value: unknown, read: Read): unknown {
  if (Array.isArray(value)) return new Proxy(value, arrayTraps(read))
  if (isObject(value)) return new Proxy(value, objectTraps(read))
  read.isRead = true
  return value
}

function objectTraps(read: Read): ProxyHandler<Record<string, unknown>> {
  const made = new Map<string, unknown>()
  return {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return Reflect.get(target, key, receiver) as unknown
      read.isRead = true
      // the same object each time, as a reader may compare
      if (!made.has(key)) made.set(key, noting(target[key], fieldOf(read, key)))
      return made.get(key)
    },
    has(target, key) {
      if (typeof key === 'string' && Object.hasOwn(target, key)) fieldOf(read, key).isRead = read.isRead = true
      return Reflect.has(target, key)
    },
    ownKeys(target) {
      read.isRead = true
      return Reflect.ownKeys(target)
    },
  }
}

function arrayTraps(read: Read): ProxyHandler<unknown[]> {
  const made = new Map<string, unknown>()
  return {
    get(target, key, receiver) {
      if (key === 'length') read.isRead = true
      if (typeof key === 'symbol' || !/^\d+$/.test(key) || !Object.hasOwn(target, key)) return Reflect.get(target, key, receiver) as unknown
      read.isRead = true
      read.items ??= nothingRead()
      if (!made.has(key)) made.set(key, noting(target[Number(key)], read.items))
      return made.get(key)
    },
  }
}

function fieldOf({ fields }: Read, name: string): Read {
  const known = fields.get(name) ?? nothingRead()
  fields.set(name, known)
  return known
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
