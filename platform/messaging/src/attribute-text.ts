/** Of ids, keys are made (an index takes 2,704 bytes), and of others, headers; CloudEvents itself sets no limit. */
export const longestAttribute = 255

/** Tells whether a text can be an attribute of an envelope: CloudEvents forbids control characters and half a surrogate pair. */
export function isAttributeText(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text)
}
