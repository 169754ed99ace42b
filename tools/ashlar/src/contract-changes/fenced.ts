/** Lines of a page that show text as it is, and an empty one. */
export function fenced(language: string, lines: readonly string[]): string[] {
  return [`\`\`\`${language}`, ...lines, '```', '']
}
