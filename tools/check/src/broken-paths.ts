import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where a page of documentation lies. */
export interface PagePlace {
  /** The repository. */
  readonly root: string
  /** The page's own folder. */
  readonly folder: string
}

const fence = /^( *)```[^]*?^\1```/gm
const link = /\]\((?!\w+:|#)([^)\s#]+)[^)]*\)/g
const code = /`([^`\n]+)`/g
const pathForm = /^[\w.@-]+(\/[\w.@-]+)+\/?$/
// Made when the repository is installed or run: that they are missing says nothing of a page.
const made = new Set(['.git', '.ashlar', '.turbo', 'node_modules', 'coverage'])

/**
 * Finds what a page of Markdown points to and is not there: relative links, and paths of this repository in backticks. A
 * text in backticks is taken for a path when it begins with a folder of the repository's root or of the page's own;
 * fenced code is not looked at.
 */
export function brokenPathsIn(markdown: string, { root, folder }: PagePlace): string[] {
  const prose = markdown.replaceAll(fence, '')
  const links = [...prose.matchAll(link)].map(([, target = '']) => decodeURI(target))
  const paths = [...prose.matchAll(code)].map(([, text = '']) => text).filter((text) => isPath(text, { root, folder }))
  return [
    ...links.filter((target) => !existsSync(target.startsWith('/') ? join(root, target) : join(folder, target))),
    ...paths.filter((path) => !existsSync(join(root, path)) && !existsSync(join(folder, path))),
  ]
}

function isPath(text: string, { root, folder }: PagePlace): boolean {
  const [first = ''] = text.split('/')
  return pathForm.test(text) && !made.has(first) && (existsSync(join(root, first)) || existsSync(join(folder, first)))
}

/** Gives every page of Markdown under a folder. */
export function findPages(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (made.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return findPages(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}
