/** Says whether a status means that whoever answered takes no such signal at all, rather than not these or not now. */
export function takesNone(status: number): boolean {
  return status === 404 || status === 405 || status === 501
}
