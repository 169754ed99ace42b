const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Words that cannot be names in languages contracts are read from; all of them are lower-case or cannot be written in camelCase. */
export const reservedWords: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'Go',
    words(
      'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var',
    ),
  ],
  [
    'Java',
    words(`abstract assert boolean break byte case catch char class const continue default do double else enum extends false final
      finally float for goto if implements import instanceof int interface long native new null package private protected public return
      short static strictfp super switch synchronized this throw throws transient true try void volatile while`),
  ],
  [
    'Python',
    words(`and as assert async await break class continue def del elif else except finally for from global if import in is lambda
      nonlocal not or pass raise return try while with yield`),
  ],
])

/** What every object has already, in JavaScript or as a Java record; a field of that name would hide it. */
export const objectMembers = words('constructor prototype clone finalize getClass hashCode notify notifyAll toString wait')

/** What a contract or a tRPC client answers to itself, and the subject of redeliveries. */
export const operationMembers = words('name version id operations events then call apply constructor prototype replay')

/** First tokens of subjects and schemas that belong to the platform, and what a tRPC client answers to itself. */
export const contractMembers = words('replies dlq platform then call apply constructor prototype')

/** Events share their subjects with redeliveries. */
export const eventMembers = words('replay constructor prototype')
