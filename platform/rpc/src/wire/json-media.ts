const utf8Parameter = /^\s*charset\s*=\s*(utf-8|"utf-8")\s*$/i

/** Tells whether a `Content-Type` says JSON, in UTF-8 where it says how it is written. */
export function isJsonMedia(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true
  const [media = '', ...parameters] = contentType?.split(';') ?? []
  const charsets = parameters.filter((parameter) => /^\s*charset\s*=/i.test(parameter))
  return media.trim().toLowerCase() === 'application/json' && charsets.every((charset) => utf8Parameter.test(charset))
}
