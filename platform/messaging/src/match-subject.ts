/** Tells whether a subject is one of those a pattern stands for: `*` is any one token, a last `>` any tokens from there on. */
export function matchesSubject(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.')
  const given = subject.split('.')
  for (const [place, token] of wanted.entries()) {
    if (token === '>') return given.length > place
    if (place >= given.length || (token !== '*' && token !== given[place])) return false
  }
  return wanted.length === given.length
}
