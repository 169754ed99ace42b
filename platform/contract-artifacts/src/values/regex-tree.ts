/** A regular expression, as far as texts are made from it. */
export type RegexNode =
  | { readonly kind: 'one'; readonly source: string }
  | { readonly kind: 'row'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'either'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'times'; readonly node: RegexNode; readonly least: number; readonly most: number }

/** Reads an expression. What only looks (anchors, lookarounds) is left out: whoever makes texts tries them on the expression itself. */
export function regexTree(source: string): RegexNode {
  let at = 0
  const isAt = (text: string): boolean => source.startsWith(text, at)
  const take = (form: RegExp): string => {
    const sticky = new RegExp(form.source, 'uy')
    sticky.lastIndex = at
    const [found = ''] = sticky.exec(source) ?? []
    at += found.length
    return found
  }

  const either = (): RegexNode => {
    const options = [row()]
    while (isAt('|')) {
      at += 1
      options.push(row())
    }
    const [only] = options
    return options.length === 1 && only !== undefined ? only : { kind: 'either', options }
  }
  const row = (): RegexNode => {
    const nodes: RegexNode[] = []
    while (at < source.length && !isAt('|') && !isAt(')')) {
      if (take(/\^|\$|\\[bB]/) !== '') continue
      const node = atom()
      const times = take(/[*+?]\??|\{\d+(?:,\d*)?\}\??/)
      if (node !== undefined) nodes.push(times === '' ? node : { kind: 'times', node, ...countsOf(times) })
    }
    return { kind: 'row', nodes }
  }
  const atom = (): RegexNode | undefined => {
    if (!isAt('('))
      return { kind: 'one', source: take(/\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\.|./s) }
    const looks = take(/\((?:\?(?:<?[=!]|:|<\w+>))?/)
    const inside = either()
    at += 1
    return /[=!]$/.test(looks) ? undefined : inside
  }
  return either()
}

function countsOf(times: string): { least: number; most: number } {
  if (times.startsWith('*')) return { least: 0, most: Infinity }
  if (times.startsWith('+')) return { least: 1, most: Infinity }
  if (times.startsWith('?')) return { least: 0, most: 1 }
  const [, least = '0', comma, most = ''] = /\{(\d+)(,?)(\d*)\}/.exec(times) ?? []
  return { least: Number(least), most: comma === '' ? Number(least) : most === '' ? Infinity : Number(most) }
}
