/** Commands of a page, and what they answer. */
export interface Block {
  readonly commands: string
  /** Anything, where the page shows nothing. */
  readonly shown: RegExp
}

const fenced = /^```(sh|text)\n([^]*?)^```$/gm

/** Reads the commands of a page of Markdown, each block with the answer shown right after it. */
export function readWalk(markdown: string): Block[] {
  const blocks: Block[] = []
  for (const [, kind, text = ''] of markdown.matchAll(fenced)) {
    const last = blocks.at(-1)
    if (kind === 'sh') blocks.push({ commands: text.trim(), shown: /\S|^$/ })
    else if (last !== undefined) blocks.splice(-1, 1, { ...last, shown: patternOf(text.trim()) })
  }
  return blocks
}

/** `…` stands for anything, an end of a line too; all else for itself. */
function patternOf(shown: string): RegExp {
  const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(shown.split('…').map(literal).join('[^]*?'))
}
