import { textOption, UsageError, type Command } from '../command.ts'
import { asMarkdown, matrixOf } from '../pacts/matrix.ts'

/** Makes the command that prints which version of each provider keeps which pact. */
export const pactMatrixIn = (root: string): Command => ({
  words: ['pact', 'matrix'],
  parameters: '[--format markdown|json]',
  takes: 'none',
  summary: 'print which version of each service keeps what which consumer reads',
  options: { format: { kind: 'string', help: 'markdown (unless said) or json' } },
  async run(request) {
    const format = textOption(request, 'format') ?? 'markdown'
    if (format !== 'markdown' && format !== 'json') throw new UsageError(`"${format}" is no format: markdown or json`)
    const rows = await matrixOf(root)
    request.print(format === 'json' ? JSON.stringify(rows, undefined, 2) : asMarkdown(rows))
  },
})
