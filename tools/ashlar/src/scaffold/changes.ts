/** A file as it shall be; its path is relative to the repository, with `/`. */
export interface File {
  readonly path: string
  readonly text: string
}

/** What a scaffold does to a checkout. */
export interface Changes {
  /** Files that must not be there yet. */
  readonly added: readonly File[]
  /** Files that are there, with their new texts; in the order in which they are to be replaced, after everything else. */
  readonly edited: readonly File[]
  /** Contracts that are new or other than before: what follows from them is written as well. */
  readonly contracts: readonly string[]
  /** Folders of packages that are new: each is linked into `node_modules`, as `npm install` would. */
  readonly packages: readonly string[]
}
