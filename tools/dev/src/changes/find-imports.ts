// `import type` and `export type` are erased before the program runs, so they tie nothing together.
const staticImport = /^[ \t]*(?:import|export)\s+(?!type[\s{])(?:[^'";]*?\sfrom\s*)?['"]([^'"\n]+)['"]/gm
const dynamicImport = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g

/** Finds what a module imports when it runs, as written: static imports, re-exports, and `import('…')` of a plain text. */
export function findImports(source: string): string[] {
  const found = [...source.matchAll(staticImport), ...source.matchAll(dynamicImport)]
  return [...new Set(found.map((match) => match[1] ?? ''))]
}
