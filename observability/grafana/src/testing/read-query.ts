import { parser } from '@prometheus-io/lezer-promql'

/** A metric asked for in a query. */
export interface Asked {
  readonly name: string
  /** The text each label is compared with. */
  readonly matchers: Readonly<Record<string, string>>
  /** Labels of the groups it is taken together in. */
  readonly groupedBy: readonly string[]
}

type Tree = ReturnType<typeof parser.parse>
type Node = Tree['topNode']

/** Reads PromQL with Prometheus's own grammar. Gives every metric it asks for; `undefined` when it is not PromQL. */
export function readQuery(promql: string): Asked[] | undefined {
  const tree = parser.parse(promql)
  const asked: Asked[] = []
  let isSound = true
  tree.iterate({
    enter({ node, type }) {
      if (type.isError) isSound = false
      if (type.name === 'VectorSelector') asked.push(readSelector(node, promql))
    },
  })
  return isSound ? asked : undefined
}

function readSelector(selector: Node, promql: string): Asked {
  const text = (node: Node | null): string => (node === null ? '' : promql.slice(node.from, node.to))
  const matchers = (selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => [
    text(matcher.getChild('LabelName')),
    JSON.parse(text(matcher.getChild('StringLiteral'))) as string,
  ])
  const groupedBy: string[] = []
  for (let around = selector.parent; around !== null; around = around.parent)
    if (around.name === 'AggregateExpr')
      groupedBy.push(
        ...(around.getChild('AggregateModifier')?.getChild('GroupingLabels')?.getChildren('LabelName') ?? []).map((label) => text(label)),
      )
  return { name: text(selector.getChild('Identifier')), matchers: Object.fromEntries(matchers) as Record<string, string>, groupedBy }
}
